pm("293568724fbc46ce/t5",[["news",{"en":"News","es":"Noticia"},"%#"]]);
