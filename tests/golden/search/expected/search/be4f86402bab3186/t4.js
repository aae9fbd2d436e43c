pm("be4f86402bab3186/t4",[["ana-nunez/","Ana Núñez","%#"]]);
