pm("be4f86402bab3186/a","#^jY,l3#");
