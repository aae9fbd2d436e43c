pm("293568724fbc46ce/t6",[["en","English","##$"],["es","Español","%"]]);
