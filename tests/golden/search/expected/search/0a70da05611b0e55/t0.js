pm("0a70da05611b0e55/t0",[["city-council/","City Council","%#","The Council\nCC"]]);
