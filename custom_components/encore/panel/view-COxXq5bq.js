import{a as e,n as t,p as n,r,s as i,t as a,u as o}from"./element-KEvTEtVl.js";import{y as s}from"./format-BsfNSj2c.js";var c=class extends a{constructor(...e){super(...e),this.filters=s,this.narrow=!1,this.query=new URLSearchParams}static{this.styles=[...a.styles,r,n`
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
    `]}importOffer(){return this.names.administrator?o`${this.say(`earlier_plays`)}<br /><br /><button
            class="button"
            @click=${()=>this.go({page:`import`})}
          >
            ${this.say(`import_earlier`)}
          </button>`:i}go(e){this.dispatchEvent(new CustomEvent(`encore-go`,{detail:e,bubbles:!0,composed:!0}))}};t([e({attribute:!1})],c.prototype,`names`,void 0),t([e({attribute:!1})],c.prototype,`filters`,void 0),t([e({type:Boolean,reflect:!0})],c.prototype,`narrow`,void 0),t([e({attribute:!1})],c.prototype,`query`,void 0);export{c as t};