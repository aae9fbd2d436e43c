pm("be4f86402bab3186/t5",[["news",{"en":"News","es":"Noticia"},"%#"]]);
