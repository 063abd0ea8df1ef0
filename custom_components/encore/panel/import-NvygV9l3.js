import{C as e,D as t,E as n,S as r,b as i,c as a,g as o,k as s,o as c,s as l,u,v as d,w as f}from"./filters-vtykOekN.js";import{a as p,n as m,r as h,t as g}from"./view-xd9IisT7.js";var _={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},v=e=>(...t)=>({_$litDirective$:e,values:t}),y=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:b}=t,x=e=>e,S=()=>document.createComment(``),C=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new b(r.insertBefore(S(),i),r.insertBefore(S(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=x(e).nextSibling;x(r).insertBefore(e,i),e=t}}}return n},w=(e,t,n=e)=>(e._$AI(t,n),e),T={},E=(e,t=T)=>e._$AH=t,D=e=>e._$AH,O=e=>{e._$AR(),e._$AA.remove()},k=(e,t,n)=>{let r=new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},A=v(class extends y{constructor(e){if(super(e),e.type!==_.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,r]){let i=D(e),{values:a,keys:o}=this.dt(t,n,r);if(!Array.isArray(i))return this.ut=o,a;let s=this.ut??=[],c=[],l,u,d=0,p=i.length-1,m=0,h=a.length-1;for(;d<=p&&m<=h;)if(i[d]===null)d++;else if(i[p]===null)p--;else if(s[d]===o[m])c[m]=w(i[d],a[m]),d++,m++;else if(s[p]===o[h])c[h]=w(i[p],a[h]),p--,h--;else if(s[d]===o[h])c[h]=w(i[d],a[h]),C(e,c[h+1],i[d]),d++,h--;else if(s[p]===o[m])c[m]=w(i[p],a[m]),C(e,i[d],i[p]),p--,m++;else if(l===void 0&&(l=k(o,m,h),u=k(s,d,p)),l.has(s[d])){if(l.has(s[p])){let t=u.get(o[m]),n=t===void 0?null:i[t];if(n===null){let t=C(e,i[d]);w(t,a[m]),c[m]=t}else c[m]=w(n,a[m]),C(e,i[d],n),i[t]=null;m++}else O(i[p]),p--}else O(i[d]),d++;for(;m<=h;){let t=C(e,c[h+1]);w(t,a[m]),c[m++]=t}for(;d<=p;){let e=i[d++];e!==null&&O(e)}return this.ut=o,E(e,c),f}}),j=`/api/encore/uploads`,M=8,N=class extends Error{},P=async e=>{let t=await e.json().catch(()=>({}));if(e.ok)return t;throw new N(t.message??e.statusText)},F=async e=>P(await e.fetchWithAuth(j)),I=async(e,t)=>{await P(await e.fetchWithAuth(`${j}/${t}`,{method:`DELETE`}))},L=(e,t,n)=>e.find(e=>e.job===null&&e.name===t.name&&e.size===t.size&&e.config_entry_id===n),R=class{#e=!1;#t;#n;#r;constructor(e,t,n,r,i=e=>new Promise(t=>setTimeout(t,e))){this.file=e,this.account=t,this.#t=n,this.#n=r,this.#r=i}stop(){this.#e=!0}async send(){let{uploads:e,piece_bytes:t}=await P(await this.#t(j)),n=L(e,this.file,this.account)??await this.#i();this.#n(n);let r=0;for(;n.job===null&&!this.#e;){try{n=await this.#a(n,t),r=0}catch(e){if(e instanceof N||++r>=M)throw e;await this.#r(Math.min(1e3*2**r,3e4)),n=await this.#o(n)}this.#n(n)}return n}async#i(){let{name:e,size:t}=this.file;return P(await this.#t(j,{method:`POST`,body:JSON.stringify({name:e,size:t,config_entry_id:this.account})}))}async#a(e,t){let{received:n}=e,r=await this.#t(`${j}/${e.upload}?offset=${n}`,{method:`PATCH`,body:this.file.slice(n,n+t)});if(r.status===409)return this.#o(e,r);if(r.status>=500&&r.status!==507)throw Error(r.statusText);return P(r)}async#o(e,t){t&&await this.#r(500);try{return await P(await this.#t(`${j}/${e.upload}`))}catch(t){if(t instanceof N)throw t;return e}}},z=s`
  details {
    border-top: 1px solid var(--encore-line);
    padding: 8px 0;
  }
  details:first-of-type {
    margin-top: 12px;
  }
  summary {
    cursor: pointer;
    padding: 8px 4px;
    border-radius: 8px;
    overflow-wrap: anywhere;
  }
  .counts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(110px, 1fr));
    gap: 8px;
    margin: 8px 0 16px;
  }
  .counts dt {
    font-size: var(--ha-font-size-s, 12px);
    color: var(--secondary-text-color);
  }
  .counts dd {
    margin: 0;
    font-size: 22px;
    font-variant-numeric: tabular-nums;
  }
  .wrong {
    border-inline-start: 4px solid var(--error-color);
    padding-inline-start: 12px;
    margin: 8px 0;
  }
  .scroll {
    overflow-x: auto;
  }
  .scroll td:first-child {
    overflow-wrap: anywhere;
    min-width: 140px;
  }
`,B=(e,t)=>{let n=new Map;for(let r of e)for(let[e,i]of Object.entries(t(r)))n.set(e,(n.get(e)??0)+i);return[...n].sort(([,e],[,t])=>t-e)},V=(t,{hass:r,say:i,when:a})=>{let o=e=>m(r,e),s=e=>Object.values(e).reduce((e,t)=>e+t,0),c=(r,a,s)=>{let c=B(t.files,s);return c.length?n`<h3>${i(r)}</h3>
          <table>
            <tbody>
              ${c.map(([e,t])=>n`<tr>
                    <th scope="row">${i(`${a}_${e}`)}</th>
                    <td class="number">${o(t)}</td>
                  </tr>`)}
            </tbody>
          </table>`:e};return n`<details>
    <summary>
      <strong dir="auto">${t.about??``}</strong>
      <span class="quiet">
        ${[i(`state_${t.state}`),t.listener,a].filter(Boolean).join(` · `)}
      </span>
    </summary>
    ${t.error?n`<p class="wrong">${t.error}</p>`:e}
    <dl class="counts">
      ${[`stored`,`merged`,`duplicates`,`skipped`,`rows`].map(r=>r in t.counts?n`<div>
              <dt>${i(r)}</dt>
              <dd>${o(t.counts[r]??0)}</dd>
            </div>`:e)}
    </dl>
    ${c(`merged_with`,`source`,e=>e.merged)}
    ${c(`left_out`,`skipped`,e=>e.skipped)}
    ${t.files.filter(e=>e.error).map(e=>n`<p class="wrong">
            <strong dir="auto">${e.name}</strong>: ${e.error}
          </p>`)}
    ${t.files.length?n`<h3>${i(`files`)}</h3>
            <div
              class="scroll"
              tabindex="0"
              role="region"
              aria-label=${i(`files`)}
            >
              <table>
                <thead>
                  <tr>
                    <th scope="col">${i(`file`)}</th>
                    ${[`rows`,`stored`,`merged`,`duplicates`,`skipped`].map(e=>n`<th scope="col" class="number">${i(e)}</th>`)}
                  </tr>
                </thead>
                <tbody>
                  ${t.files.map(e=>n`<tr>
                        <td dir="auto">${e.name}</td>
                        ${[e.rows,e.stored,s(e.merged),e.duplicates,s(e.skipped)].map(e=>n`<td class="number">${o(e)}</td>`)}
                      </tr>`)}
                </tbody>
              </table>
            </div>`:e}
  </details>`},H=1024**2,U=20,W,G=class extends g{constructor(...e){super(...e),this.words=`import`,this._refused=``,this._account=``,this._over=!1,this._broken=``}static{this.styles=[...g.styles,z,s`
      :host {
        display: grid;
        gap: 16px;
        grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
        align-items: start;
      }
      :host([narrow]) {
        grid-template-columns: minmax(0, 1fr);
      }
      section {
        padding: 16px;
      }
      section > h2 {
        margin-bottom: 4px;
      }
      .whose {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        margin: 12px 0;
      }
      .drop {
        display: grid;
        justify-items: center;
        gap: 8px;
        padding: 28px 16px;
        text-align: center;
        border: 2px dashed
          color-mix(in srgb, var(--secondary-text-color) 55%, transparent);
        border-radius: var(--encore-radius);
        transition:
          border-color 0.15s,
          background 0.15s;
      }
      .drop.over {
        border-color: var(--primary-color);
        background: color-mix(in srgb, var(--primary-color) 10%, transparent);
      }
      .drop > svg {
        width: 40px;
        height: 40px;
        fill: var(--primary-color);
      }
      progress {
        width: 100%;
        height: 8px;
        margin: 8px 0 4px;
        accent-color: var(--primary-color);
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: center;
        justify-content: space-between;
      }
      .going {
        margin-top: 16px;
      }
      ol {
        margin: 12px 0;
        padding-inline-start: 20px;
        display: grid;
        gap: 8px;
      }
    `]}#e;connectedCallback(){super.connectedCallback(),this.hasUpdated&&this.#t()}disconnectedCallback(){super.disconnectedCallback(),this.#e?.(),this.#e=void 0}firstUpdated(){this.#t()}#t(){this._account||=this.#n.find(e=>e.me)?.account??this.#n[0]?.account??``,this.#r(),this.hass.connection.subscribeEvents(({data:e})=>this.#i(e),`encore_job`).then(e=>{this.isConnected?this.#e=e:e()})}get#n(){return this.names.listeners.flatMap(({name:e,me:t,account:n})=>n?[{name:e,me:t,account:n}]:[])}async#r(){try{let[e,{jobs:t}]=await Promise.all([F(this.hass),o(this.hass,`jobs`,{kind:`import`,limit:U})]);this._uploads=e,this._jobs=t,this._refused=``}catch(e){this._refused=d(e)}}#i(e){if(e.kind!==`import`)return;let t=this._jobs?.find(t=>t.job===e.job);!t||t.state!==e.state?this.#r():this._jobs=this._jobs?.map(t=>t.job===e.job?{...t,...e}:t)}render(){return n`<div class="grid">
        ${this.#n.length?this.#a():n`<section class="surface">
                ${c(`person`,this.say(`no_accounts`),this.say(`no_accounts_more`))}
              </section>`}
        ${this.#d()}
      </div>
      ${this.#m()}`}#a(){return n`<section class="surface">
      <h2>${this.say(`send`)}</h2>
      <p class="quiet">${this.say(`send_more`)}</p>
      <label class="whose"
        ><span>${this.say(`whose`)}</span>
        <select
          @change=${e=>this._account=e.target.value}
        >
          ${this.#n.map(({name:e,account:t})=>n`<option
                value=${t}
                ?selected=${t===this._account}
              >
                ${e}
              </option>`)}
        </select>
      </label>
      <div
        class="drop ${this._over?`over`:``}"
        @dragover=${e=>{e.preventDefault(),this._over=!0}}
        @dragleave=${()=>this._over=!1}
        @drop=${e=>{e.preventDefault(),this._over=!1,this.#c(e.dataTransfer?.files[0])}}
      >
        ${a(`upload`)}
        <p>${this.say(`drop`)}</p>
        <button
          class="button main"
          @click=${()=>this.renderRoot.querySelector(`input[type=file]`)?.click()}
        >
          ${this.say(`choose`)}
        </button>
        <input
          type="file"
          accept=".zip,application/zip"
          aria-label=${this.say(`choose`)}
          hidden
          @change=${e=>{let t=e.target;this.#c(t.files?.[0]),t.value=``}}
        />
      </div>
      ${this.#o()}
    </section>`}#o(){let t=this._sent??this.#s;if(!t||t.job!==null)return e;let r=e=>m(this.hass,e/H,1),i={received:r(t.received),size:r(t.size)},a=W&&this._sent&&!this._broken;return n`<div class="going" role="status">
      <div class="line">
        <h3 class="one-line">${this.say(`sending`,{name:t.name})}</h3>
        <span class="quiet number">${this.say(`sent`,i)}</span>
      </div>
      <progress
        max=${t.size}
        value=${t.received}
        aria-label=${this.say(`sending`,{name:t.name})}
      ></progress>
      ${this._broken?n`<p>${this.say(`broken`,{why:this._broken})}</p>`:e}
      ${a?e:n`<p class="quiet">
              ${this.say(`go_on`,{name:t.name,...i})}
            </p>`}
      <div class="line">
        ${this._broken&&W?n`<button
                class="button"
                @click=${()=>W&&this.#l(W.file)}
              >
                ${this.say(`resume`)}
              </button>`:e}
        <button class="button" @click=${()=>this.#u(t)}>
          ${this.say(`give_up`)}
        </button>
      </div>
    </div>`}get#s(){return this._uploads?.uploads.find(e=>e.job===null)}#c(e){if(!e||!this._uploads)return;let{name:t,size:n}=e,r=this._uploads.most_bytes;/\.zip$/i.test(t)?n>r?p(this,this.say(`too_big`,{name:t,size:m(this.hass,n/H),most:m(this.hass,r/H)})):this.#l(e):p(this,this.say(`no_zip`,{name:t}))}#l(e){W?.stop(),this._broken=``;let t=new R(e,this._account,this.hass.fetchWithAuth.bind(this.hass),e=>{W===t&&(this._sent=e)});W=t,t.send().then(()=>{W===t&&(W=void 0,this._sent=void 0,this.#r())},e=>{W===t&&(this._broken=d(e),this.#r())})}async#u(e){W?.stop(),W=void 0,this._sent=void 0,this._broken=``;try{await I(this.hass,e.upload)}catch(e){p(this,d(e))}await this.#r()}#d(){return this._refused?c(`warning`,this._refused):this._jobs?n`<section class="surface">
      <h2>${this.say(`imports`)}</h2>
      ${this._jobs.length?A(this._jobs,e=>e.job,e=>this.#f(e)):c(`download`,this.say(`no_imports`),this.say(`no_imports_more`))}
    </section>`:l(this.say(`waiting`))}#f(e){let t=this.say.bind(this);if(e.state!==`running`&&e.state!==`pending`)return V(e,{hass:this.hass,say:t,when:e.ended?h(this.hass,e.ended):``});let r=e.about??``;return n`<div class="going" role="status">
      <div class="line">
        <h3 class="one-line">${t(`importing`,{name:r})}</h3>
        <span class="quiet number"
          >${t(`imported_rows`,{rows:m(this.hass,e.rows),count:e.rows})}${e.seconds_left===null?``:n`, ${this.#p(e.seconds_left)}`}</span
        >
      </div>
      <progress
        max="100"
        value=${e.percent}
        aria-label=${t(`importing`,{name:r})}
      ></progress>
      <button
        class="button"
        @click=${async()=>{try{await o(this.hass,`cancel_job`,{job:e.job}),p(this,t(`stopping`))}catch(e){p(this,d(e))}}}
      >
        ${t(`stop_import`)}
      </button>
    </div>`}#p(e){return this.say(e===1?`one_second_left`:`seconds_left`,{seconds:m(this.hass,e)})}#m(){return n`<section class="surface">
      <h2>${this.say(`ask_spotify`)}</h2>
      <ol>
        ${[`step_1`,`step_2`,`step_3`,`step_4`].map(e=>n`<li>${this.say(e)}</li>`)}
      </ol>
      <p>
        <a
          class="button"
          href="https://www.spotify.com/account/privacy/"
          target="_blank"
          rel="noreferrer noopener"
          >${a(`open`)} ${this.say(`open_spotify`)}</a
        >
      </p>
      <p class="quiet" style="margin-top: 12px">
        ${this.say(`account_data_too`)}
      </p>
    </section>`}};u([i()],G.prototype,`_uploads`,void 0),u([i()],G.prototype,`_jobs`,void 0),u([i()],G.prototype,`_refused`,void 0),u([i()],G.prototype,`_account`,void 0),u([i()],G.prototype,`_over`,void 0),u([i()],G.prototype,`_sent`,void 0),u([i()],G.prototype,`_broken`,void 0),G=u([r(`encore-import`)],G);export{G as Import};