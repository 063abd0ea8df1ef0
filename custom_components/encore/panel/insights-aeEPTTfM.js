import{C as e,E as t,S as n,a as r,b as i,c as a,h as o,k as s,l as c,r as l,u,x as d}from"./filters-vtykOekN.js";import"./figure-BM_7dIJ4.js";import{t as f}from"./view-xd9IisT7.js";var p=new Map,m=(e,t)=>{let n=p.get(t);if(n)return n;let r=e.fetchWithAuth(t).then(async e=>e.ok?e.headers.get(`Content-Type`)?.startsWith(`application/json`)?(await e.json()).address:URL.createObjectURL(await e.blob()):null).catch(()=>null);return p.set(t,r),r},h=class extends c{constructor(...e){super(...e),this.uri=null,this.artist=null,this.src=null,this.name=``,this.round=!1,this._picture=null,this.#t=!1}static{this.styles=[...c.styles,s`
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
    `]}#e;#t;connectedCallback(){super.connectedCallback(),this.#e=new IntersectionObserver(e=>{e.some(e=>e.isIntersecting)&&(this.#t=!0,this.#e?.disconnect(),this.#r())}),this.#e.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.#e?.disconnect()}shouldUpdate(e){return e.size>1||!e.has(`hass`)||!this.hasUpdated}willUpdate(e){(e.has(`uri`)||e.has(`artist`)||e.has(`src`))&&(this._picture=this.src,this.#t&&this.#r())}get#n(){let{uri:e,artist:t}=this,n=e?.startsWith(`spotify:`)?{uri:e}:t?{artist:t}:null;return n?`/api/encore/picture?${new URLSearchParams(n)}`:null}async#r(){let e=this.#n;if(this.src||!e)return;let t=await m(this.hass,e);e===this.#n&&(this._picture=t)}render(){return this._picture?t`<img
        src=${this._picture}
        alt=""
        loading="lazy"
        @error=${()=>this._picture=null}
      />`:t`<div
      class="none"
      style="background: hsl(${g(this.name||this.uri||``)} 38% 46%)"
    >
      ${this.round?e:a(`music`)}
    </div>`}};u([d()],h.prototype,`uri`,void 0),u([d()],h.prototype,`artist`,void 0),u([d()],h.prototype,`src`,void 0),u([d()],h.prototype,`name`,void 0),u([d({type:Boolean,reflect:!0})],h.prototype,`round`,void 0),u([i()],h.prototype,`_picture`,void 0),h=u([n(`encore-cover`)],h);var g=e=>{let t=0;for(let n of e)t=(t*31+(n.codePointAt(0)??0))%360;return t},_=class extends f{constructor(...e){super(...e),this.words=`insights`,this.#e=new o(this,()=>({hass:this.hass,question:`top`,parameters:{...l(this.filters,`this_month`),of:`artists`,limit:10}}))}#e;render(){return t`<div class="grid">
      ${r(this.#e.state,e=>this.#t(e),{waiting:this.say(`waiting`)})}
    </div>`}#t(e){let n=t=>({grid:{left:8,right:24,top:4,bottom:4,containLabel:!0},xAxis:{type:`value`,splitLine:{lineStyle:{color:t.line}},axisLabel:{color:t.quiet}},yAxis:{type:`category`,inverse:!0,data:e.top.map(e=>e.name),axisLabel:{color:t.text,width:140,overflow:`truncate`},axisTick:{show:!1},axisLine:{show:!1}},series:[{type:`bar`,data:e.top.map(e=>e.plays),itemStyle:{color:t.primary,borderRadius:[0,4,4,0]}}],tooltip:{}});return t`<encore-figure
      .hass=${this.hass}
      heading=${this.say(`top_artists`)}
      caption=${e.speech}
      .columns=${[this.say(`name`),this.say(`plays`),this.say(`minutes`)]}
      .rows=${e.top.map(e=>[e.name,e.plays,e.minutes])}
      .card=${{type:`custom:encore-top-card`,of:`artists`,...l(this.filters,`this_month`)}}
    >
      <encore-chart
        .hass=${this.hass}
        label=${e.speech}
        .draw=${n}
        .height=${320}
      ></encore-chart>
    </encore-figure>`}};_=u([n(`encore-insights`)],_);export{_ as Insights};