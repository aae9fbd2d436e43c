pm("0a70da05611b0e55/t3",[["contracts/","contracts","%#"]]);
