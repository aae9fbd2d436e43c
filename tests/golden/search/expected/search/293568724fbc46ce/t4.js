pm("293568724fbc46ce/t4",[["ana-nunez/","Ana Núñez","%#"]]);
