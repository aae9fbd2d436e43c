pm("0a70da05611b0e55/t4",[["ana-nunez/","Ana Núñez","%#"]]);
