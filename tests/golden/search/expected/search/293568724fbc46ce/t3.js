pm("293568724fbc46ce/t3",[["contracts/","contracts","%#"]]);
