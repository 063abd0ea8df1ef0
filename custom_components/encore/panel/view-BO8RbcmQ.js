import{A as e,S as t,d as n,l as r,t as i,u as a}from"./filters-BD6RcXjk.js";var o=(e,t,n,r=n?8e3:4e3)=>{e.dispatchEvent(new CustomEvent(`hass-notification`,{detail:{message:t,duration:r,...n?{action:n}:{}},bubbles:!0,composed:!0}))},s=e=>{switch(e.number_format){case`comma_decimal`:return`en-US`;case`decimal_comma`:return`de`;case`space_comma`:return`fr`;case`quote_decimal`:return`de-CH`;case`system`:return;default:return e.language}},c=e=>e.time_format===`12`||e.time_format!==`24`&&void 0,l=e=>e.locale.time_zone===`local`?void 0:e.config.time_zone,u=new Map,d=(e,t)=>{let n=u.get(e);if(n)return n;let r=t();return u.set(e,r),r},f=(e,t,n)=>{let{locale:r}=e,i={timeZone:l(e),...n},a=c(r);return a!==void 0&&(n.hour||n.timeStyle)&&(i.hour12=a),d(JSON.stringify([r.language,i]),()=>new Intl.DateTimeFormat(r.language,i)).format(t)},p=(e,t,n=0)=>d(`${s(e.locale)} ${n}`,()=>new Intl.NumberFormat(s(e.locale),{maximumFractionDigits:n})).format(t),m=(e,t)=>d(`${s(e.locale)} %`,()=>new Intl.NumberFormat(s(e.locale),{style:`percent`,maximumFractionDigits:0})).format(t),h=(e,t,n)=>d(`${e.locale.language} ${n}`,()=>new Intl.NumberFormat(e.locale.language,{style:`unit`,unit:n,unitDisplay:`short`,maximumFractionDigits:0})).format(t),g=(e,t)=>{let n=Math.round(t);if(n<60)return h(e,n,`minute`);if(n>=6e3)return h(e,Math.round(n/60),`hour`);let r=n%60,i=h(e,Math.floor(n/60),`hour`);return r?`${i} ${h(e,r,`minute`)}`:i},_=e=>{let t=Math.max(0,Math.floor(e)),n=[Math.floor(t/60)%60,t%60].map(e=>String(e).padStart(2,`0`)),r=Math.floor(t/3600);return r?[r,...n].join(`:`):n.join(`:`).replace(/^0/,``)},v=(e,t)=>f(e,new Date(t),{hour:`numeric`,minute:`2-digit`}),y=(e,t)=>{let n=new Date(t);return f(e,n,{weekday:`long`,day:`numeric`,month:`long`,...n.getFullYear()===new Date().getFullYear()?{}:{year:`numeric`}})},b=(e,t)=>f(e,new Date(t),{dateStyle:`medium`,timeStyle:`short`}),x=(e,t)=>{let n=new Date(t);return f(e,n,{day:`numeric`,month:`short`,...n.getFullYear()===new Date().getFullYear()?{}:{year:`numeric`}})},S=(e,t)=>d(`date ${l(e)}`,()=>new Intl.DateTimeFormat(`en-CA`,{timeZone:l(e),year:`numeric`,month:`2-digit`,day:`2-digit`})).format(new Date(t)),C=class extends r{constructor(...e){super(...e),this.filters=i,this.narrow=!1,this.query=new URLSearchParams}static{this.styles=[...r.styles,n,e`
      :host {
        display: block;
      }
      .grid {
        display: grid;
        gap: 16px;
        grid-template-columns: repeat(auto-fill, minmax(min(400px, 100%), 1fr));
        align-items: stretch;
      }
      .wide {
        grid-column: 1 / -1;
      }
      .stale {
        opacity: 0.6;
        transition: opacity 0.2s;
      }
    `]}go(e){this.dispatchEvent(new CustomEvent(`encore-go`,{detail:e,bubbles:!0,composed:!0}))}};a([t({attribute:!1})],C.prototype,`names`,void 0),a([t({attribute:!1})],C.prototype,`filters`,void 0),a([t({type:Boolean,reflect:!0})],C.prototype,`narrow`,void 0),a([t({attribute:!1})],C.prototype,`query`,void 0);export{p as a,b as c,o as d,y as i,x as l,_ as n,g as o,S as r,m as s,C as t,v as u};