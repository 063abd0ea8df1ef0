import{A as e,C as t,D as n,S as r,c as i,l as a,u as o,w as s,x as c}from"./filters-BD6RcXjk.js";var l=new Map,u=(e,t)=>{let n=l.get(t);if(n)return n;let r=e.fetchWithAuth(t).then(async e=>e.ok?e.headers.get(`Content-Type`)?.startsWith(`application/json`)?(await e.json()).address:URL.createObjectURL(await e.blob()):null).catch(()=>null);return l.set(t,r),r},d=class extends a{constructor(...e){super(...e),this.uri=null,this.artist=null,this.src=null,this.name=``,this.round=!1,this._picture=null,this.#t=!1}static{this.styles=[...a.styles,e`
      :host {
        display: block;
        flex: none;
        width: var(--encore-cover, 44px);
        height: var(--encore-cover, 44px);
        border-radius: var(--encore-cover-radius, 6px);
        overflow: hidden;
      }
      :host([round]) {
        border-radius: 50%;
      }
      img,
      .none {
        display: grid;
        place-items: center;
        width: 100%;
        height: 100%;
        object-fit: cover;
      }
      .none svg {
        width: 45%;
        height: 45%;
        fill: #fff;
        opacity: 0.85;
      }
    `]}#e;#t;connectedCallback(){super.connectedCallback(),this.#e=new IntersectionObserver(e=>{e.some(e=>e.isIntersecting)&&(this.#t=!0,this.#e?.disconnect(),this.#r())}),this.#e.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.#e?.disconnect()}shouldUpdate(e){return e.size>1||!e.has(`hass`)||!this.hasUpdated}willUpdate(e){(e.has(`uri`)||e.has(`artist`)||e.has(`src`))&&(this._picture=this.src,this.#t&&this.#r())}get#n(){let{uri:e,artist:t}=this,n=e?.startsWith(`spotify:`)?{uri:e}:t?{artist:t}:null;return n?`/api/encore/picture?${new URLSearchParams(n)}`:null}async#r(){let e=this.#n;if(this.src||!e)return;let t=await u(this.hass,e);e===this.#n&&(this._picture=t)}render(){return this._picture?n`<img
        src=${this._picture}
        alt=""
        loading="lazy"
        @error=${()=>this._picture=null}
      />`:n`<div
      class="none"
      style="background: hsl(${f(this.name||this.uri||``)} 38% 46%)"
    >
      ${this.round?s:i(`music`)}
    </div>`}};o([r()],d.prototype,`uri`,void 0),o([r()],d.prototype,`artist`,void 0),o([r()],d.prototype,`src`,void 0),o([r()],d.prototype,`name`,void 0),o([r({type:Boolean,reflect:!0})],d.prototype,`round`,void 0),o([c()],d.prototype,`_picture`,void 0),d=o([t(`encore-cover`)],d);var f=e=>{let t=0;for(let n of e)t=(t*31+(n.codePointAt(0)??0))%360;return t};