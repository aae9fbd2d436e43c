pm("be4f86402bab3186/t0",[["city-council/","City Council","%#","The Council\nCC"]]);
