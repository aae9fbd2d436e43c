pm("0a70da05611b0e55/t5",[["news",{"en":"News","es":"Noticia"},"%#"]]);
