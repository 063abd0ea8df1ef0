import{d as e,k as t,l as n,t as r,u as i,x as a}from"./filters-vtykOekN.js";var o=(e,t,n,r=n?8e3:4e3)=>{e.dispatchEvent(new CustomEvent(`hass-notification`,{detail:{message:t,duration:r,...n?{action:n}:{}},bubbles:!0,composed:!0}))},s=e=>{switch(e.number_format){case`comma_decimal`:return`en-US`;case`decimal_comma`:return`de`;case`space_comma`:return`fr`;case`quote_decimal`:return`de-CH`;case`system`:return;default:return e.language}},c=e=>e.time_format===`12`||e.time_format!==`24`&&void 0,l=e=>e.locale.time_zone===`local`?void 0:e.config.time_zone,u=new Map,d=(e,t)=>{let n=u.get(e);if(n)return n;let r=t();return u.set(e,r),r},f=(e,t,n)=>{let{locale:r}=e,i={timeZone:l(e),...n},a=c(r);return a!==void 0&&(n.hour||n.timeStyle)&&(i.hour12=a),d(JSON.stringify([r.language,i]),()=>new Intl.DateTimeFormat(r.language,i)).format(t)},p=(e,t,n=0)=>d(`${s(e.locale)} ${n}`,()=>new Intl.NumberFormat(s(e.locale),{maximumFractionDigits:n})).format(t),m=(e,t)=>f(e,new Date(t),{dateStyle:`medium`,timeStyle:`short`}),h=(e,t)=>{let n=new Date(t);return f(e,n,{day:`numeric`,month:`short`,...n.getFullYear()===new Date().getFullYear()?{}:{year:`numeric`}})},g=class extends n{constructor(...e){super(...e),this.filters=r,this.narrow=!1,this.query=new URLSearchParams}static{this.styles=[...n.styles,e,t`
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
    `]}go(e){this.dispatchEvent(new CustomEvent(`encore-go`,{detail:e,bubbles:!0,composed:!0}))}};i([a({attribute:!1})],g.prototype,`names`,void 0),i([a({attribute:!1})],g.prototype,`filters`,void 0),i([a({type:Boolean,reflect:!0})],g.prototype,`narrow`,void 0),i([a({attribute:!1})],g.prototype,`query`,void 0);export{o as a,h as i,p as n,m as r,g as t};