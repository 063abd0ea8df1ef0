import{a as e,n as t,p as n,r,t as i}from"./element-CndhLzVc.js";import{y as a}from"./format-nuG_4lEk.js";var o=class extends i{constructor(...e){super(...e),this.filters=a,this.narrow=!1,this.query=new URLSearchParams}static{this.styles=[...i.styles,r,n`
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
    `]}go(e){this.dispatchEvent(new CustomEvent(`encore-go`,{detail:e,bubbles:!0,composed:!0}))}};t([e({attribute:!1})],o.prototype,`names`,void 0),t([e({attribute:!1})],o.prototype,`filters`,void 0),t([e({type:Boolean,reflect:!0})],o.prototype,`narrow`,void 0),t([e({attribute:!1})],o.prototype,`query`,void 0);export{o as t};