import{a as e,i as t,n,o as r,p as i,u as a}from"./element-KEvTEtVl.js";import{t as o}from"./calm-CfW0WovY.js";import{E as s}from"./format-BsfNSj2c.js";var c=400,l=class{#e=new Map;#t;constructor(e=c){this.#t=e}of(e,{fetch:t,make:n=e=>URL.createObjectURL(e),drop:r=e=>URL.revokeObjectURL(e)}){let i=this.#e.get(e);this.#e.delete(e);let a=i??u(e,t,n).catch(()=>(this.#e.delete(e),null));this.#e.set(e,a);let[o]=this.#e;return o&&this.#e.size>this.#t&&(this.#e.delete(o[0]),o[1].then(e=>{e?.startsWith(`blob:`)&&r(e)})),a}},u=async(e,t,n)=>{let r=await t(e);if(r.status>=500)throw Error(String(r.status));return!r.ok||r.status===204?null:r.headers.get(`Content-Type`)?.startsWith(`application/json`)?(await r.json()).address:n(await r.blob())},d=new l,f=(e,t)=>d.of(t,{fetch:t=>e.fetchWithAuth(t)}),p=class extends o{constructor(...e){super(...e),this.uri=null,this.artist=null,this.album=null,this.show=null,this.src=null,this.name=``,this.round=!1,this._picture=null,this.#t=!1}static{this.styles=[...o.styles,i`
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
    `]}#e;#t;connectedCallback(){super.connectedCallback(),this.#e=new IntersectionObserver(e=>{e.some(e=>e.isIntersecting)&&(this.#t=!0,this.#e?.disconnect(),this.#r())}),this.#e.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.#e?.disconnect()}willUpdate(e){[`uri`,`artist`,`album`,`show`,`src`].some(t=>e.has(t))&&(this._picture=this.src,this.#t&&this.#r())}get#n(){let{uri:e,artist:t,album:n,show:r}=this,i=e?.startsWith(`spotify:`)?{uri:e}:n?{album:n,artist:t??``}:r?{show:r}:t?{artist:t}:null;return i?`/api/encore/picture?${new URLSearchParams(i)}`:null}async#r(){let e=this.#n;if(this.src||!e)return;let t=await f(this.hass,e);e===this.#n&&(this._picture=t)}get#i(){let e=new Intl.Segmenter().segment(this.name.trim())[Symbol.iterator]().next();return e.done?``:e.value.segment.toLocaleUpperCase()}render(){return this._picture?a`<img
        src=${this._picture}
        alt=""
        loading="lazy"
        @error=${()=>this._picture=null}
      />`:a`<div
      class="none"
      style="background: hsl(${h(this.name||this.uri||``)} 38% 46%)"
    >
      ${this.round?this.#i:s(`music`)}
    </div>`}};n([e()],p.prototype,`uri`,void 0),n([e()],p.prototype,`artist`,void 0),n([e()],p.prototype,`album`,void 0),n([e()],p.prototype,`show`,void 0),n([e()],p.prototype,`src`,void 0),n([e()],p.prototype,`name`,void 0),n([e({type:Boolean,reflect:!0})],p.prototype,`round`,void 0),n([t()],p.prototype,`_picture`,void 0),p=n([r(`encore-cover`)],p);var m=(e,t)=>f(e,`/api/encore/picture?${new URLSearchParams(t)}`),h=e=>{let t=0;for(let n of e)t=(t*31+(n.codePointAt(0)??0))%360;return t};export{m as n,h as t};