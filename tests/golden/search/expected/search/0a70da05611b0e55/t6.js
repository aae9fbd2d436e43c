pm("0a70da05611b0e55/t6",[["en","English","##$"],["es","Español","%"]]);
