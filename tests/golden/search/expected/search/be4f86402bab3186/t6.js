pm("be4f86402bab3186/t6",[["en","English","##$"],["es","Español","%"]]);
