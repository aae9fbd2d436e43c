pm("be4f86402bab3186/t3",[["contracts/","contracts","%#"]]);
