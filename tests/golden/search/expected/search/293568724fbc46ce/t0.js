pm("293568724fbc46ce/t0",[["city-council/","City Council","%#","The Council\nCC"]]);
