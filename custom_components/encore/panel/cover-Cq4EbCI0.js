import{a as e,i as t,n,o as r,p as i,t as a,u as o}from"./element-NA6gu5sY.js";import{c as s}from"./filters-B2Z4ddSS.js";var c=new Map,l=(e,t)=>{let n=c.get(t);if(n)return n;let r=e.fetchWithAuth(t).then(async e=>!e.ok||e.status===204?null:e.headers.get(`Content-Type`)?.startsWith(`application/json`)?(await e.json()).address:URL.createObjectURL(await e.blob())).catch(()=>null);return c.set(t,r),r},u=class extends a{constructor(...e){super(...e),this.uri=null,this.artist=null,this.album=null,this.show=null,this.src=null,this.name=``,this.round=!1,this._picture=null,this.#t=!1}static{this.styles=[...a.styles,i`
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
      .none {
        color: #fff;
        font-size: calc(var(--encore-cover, 44px) * 0.42);
      }
      .none svg {
        width: 45%;
        height: 45%;
        fill: #fff;
        opacity: 0.85;
      }
    `]}#e;#t;connectedCallback(){super.connectedCallback(),this.#e=new IntersectionObserver(e=>{e.some(e=>e.isIntersecting)&&(this.#t=!0,this.#e?.disconnect(),this.#r())}),this.#e.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.#e?.disconnect()}shouldUpdate(e){return e.size>1||!e.has(`hass`)||!this.hasUpdated}willUpdate(e){[`uri`,`artist`,`album`,`show`,`src`].some(t=>e.has(t))&&(this._picture=this.src,this.#t&&this.#r())}get#n(){let{uri:e,artist:t,album:n,show:r}=this,i=e?.startsWith(`spotify:`)?{uri:e}:n?{album:n,artist:t??``}:r?{show:r}:t?{artist:t}:null;return i?`/api/encore/picture?${new URLSearchParams(i)}`:null}async#r(){let e=this.#n;if(this.src||!e)return;let t=await l(this.hass,e);e===this.#n&&(this._picture=t)}get#i(){let e=new Intl.Segmenter().segment(this.name.trim())[Symbol.iterator]().next();return e.done?``:e.value.segment.toLocaleUpperCase()}render(){return this._picture?o`<img
        src=${this._picture}
        alt=""
        loading="lazy"
        @error=${()=>this._picture=null}
      />`:o`<div
      class="none"
      style="background: hsl(${f(this.name||this.uri||``)} 38% 46%)"
    >
      ${this.round?this.#i:s(`music`)}
    </div>`}};n([e()],u.prototype,`uri`,void 0),n([e()],u.prototype,`artist`,void 0),n([e()],u.prototype,`album`,void 0),n([e()],u.prototype,`show`,void 0),n([e()],u.prototype,`src`,void 0),n([e()],u.prototype,`name`,void 0),n([e({type:Boolean,reflect:!0})],u.prototype,`round`,void 0),n([t()],u.prototype,`_picture`,void 0),u=n([r(`encore-cover`)],u);var d=(e,t)=>l(e,`/api/encore/picture?${new URLSearchParams(t)}`),f=e=>{let t=0;for(let n of e)t=(t*31+(n.codePointAt(0)??0))%360;return t};export{d as n,f as t};