import { launchChromium } from "./browser.mjs"; import { serve } from "./server.mjs";
const [site,out,width,scheme,path,y]=process.argv.slice(2);
const s=await serve(site); const origin=s.origin??s;
const b=await launchChromium(); const c=await b.newContext({viewport:{width:+width,height:900},colorScheme:scheme}); const p=await c.newPage(); await p.goto(origin+path);
await p.evaluate((y)=>window.scrollTo(0,y==='end'?document.body.scrollHeight:+y),y); await p.screenshot({path:out}); await b.close(); process.exit(0);
