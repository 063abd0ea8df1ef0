import{D as e,S as t,T as n,_ as r,b as i,c as a,g as o,o as s,s as c,u as l,v as u,w as d,x as f}from"./filters-C_BwcxXI.js";import{i as p,n as m,r as h,t as g}from"./view-DDZaBF6T.js";var _={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},v=e=>(...t)=>({_$litDirective$:e,values:t}),y=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:b}=n,x=e=>e,S=()=>document.createComment(``),C=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new b(r.insertBefore(S(),i),r.insertBefore(S(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=x(e).nextSibling;x(r).insertBefore(e,i),e=t}}}return n},w=(e,t,n=e)=>(e._$AI(t,n),e),T={},E=(e,t=T)=>e._$AH=t,D=e=>e._$AH,O=e=>{e._$AR(),e._$AA.remove()},k=(e,t,n)=>{let r=new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},A=v(class extends y{constructor(e){if(super(e),e.type!==_.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[n,r,i]){let a=D(e),{values:o,keys:s}=this.dt(n,r,i);if(!Array.isArray(a))return this.ut=s,o;let c=this.ut??=[],l=[],u,d,f=0,p=a.length-1,m=0,h=o.length-1;for(;f<=p&&m<=h;)if(a[f]===null)f++;else if(a[p]===null)p--;else if(c[f]===s[m])l[m]=w(a[f],o[m]),f++,m++;else if(c[p]===s[h])l[h]=w(a[p],o[h]),p--,h--;else if(c[f]===s[h])l[h]=w(a[f],o[h]),C(e,l[h+1],a[f]),f++,h--;else if(c[p]===s[m])l[m]=w(a[p],o[m]),C(e,a[f],a[p]),p--,m++;else if(u===void 0&&(u=k(s,m,h),d=k(c,f,p)),u.has(c[f])){if(u.has(c[p])){let t=d.get(s[m]),n=t===void 0?null:a[t];if(n===null){let t=C(e,a[f]);w(t,o[m]),l[m]=t}else l[m]=w(n,o[m]),C(e,a[f],n),a[t]=null;m++}else O(a[p]),p--}else O(a[f]),f++;for(;m<=h;){let t=C(e,l[h+1]);w(t,o[m]),l[m++]=t}for(;f<=p;){let e=a[f++];e!==null&&O(e)}return this.ut=s,E(e,l),t}}),j=`/api/encore/uploads`,M=8,N=class extends Error{},P=async e=>{let t=await e.json().catch(()=>({}));if(e.ok)return t;throw new N(t.message??e.statusText)},F=async e=>P(await e.fetchWithAuth(j)),I=async(e,t)=>{await P(await e.fetchWithAuth(`${j}/${t}`,{method:`DELETE`}))},L=(e,t,n)=>e.find(e=>e.job===null&&e.name===t.name&&e.size===t.size&&e.config_entry_id===n),R=class{#e=!1;#t;#n;#r;constructor(e,t,n,r,i=e=>new Promise(t=>setTimeout(t,e))){this.file=e,this.account=t,this.#t=n,this.#n=r,this.#r=i}stop(){this.#e=!0}async send(){let{uploads:e,piece_bytes:t}=await P(await this.#t(j)),n=L(e,this.file,this.account)??await this.#i();this.#n(n);let r=0;for(;n.job===null&&!this.#e;){try{n=await this.#a(n,t),r=0}catch(e){if(e instanceof N||++r>=M)throw e;await this.#r(Math.min(1e3*2**r,3e4)),n=await this.#o(n)}this.#n(n)}return n}async#i(){let{name:e,size:t}=this.file;return P(await this.#t(j,{method:`POST`,body:JSON.stringify({name:e,size:t,config_entry_id:this.account})}))}async#a(e,t){let{received:n}=e,r=await this.#t(`${j}/${e.upload}?offset=${n}`,{method:`PATCH`,body:this.file.slice(n,n+t)});if(r.status===409)return this.#o(e,r);if(r.status>=500&&r.status!==507)throw Error(r.statusText);return P(r)}async#o(e,t){t&&await this.#r(500);try{return await P(await this.#t(`${j}/${e.upload}`))}catch(t){if(t instanceof N)throw t;return e}}},z=e`
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
`,B=(e,t)=>{let n=new Map;for(let r of e)for(let[e,i]of Object.entries(t(r)))n.set(e,(n.get(e)??0)+i);return[...n].sort(([,e],[,t])=>t-e)},V=(e,{hass:t,say:n,when:r})=>{let i=e=>m(t,e),a=e=>Object.values(e).reduce((e,t)=>e+t,0),o=(t,r,a)=>{let o=B(e.files,a);return o.length?d`<h3>${n(t)}</h3>
          <table>
            <tbody>
              ${o.map(([e,t])=>d`<tr>
                    <th scope="row">${n(`${r}_${e}`)}</th>
                    <td class="number">${i(t)}</td>
                  </tr>`)}
            </tbody>
          </table>`:f};return d`<details>
    <summary>
      <strong dir="auto">${e.about??``}</strong>
      <span class="quiet">
        ${[n(`state_${e.state}`),e.listener,r].filter(Boolean).join(` · `)}
      </span>
    </summary>
    ${e.error?d`<p class="wrong">${e.error}</p>`:f}
    <dl class="counts">
      ${[`stored`,`merged`,`duplicates`,`skipped`,`rows`].map(t=>t in e.counts?d`<div>
              <dt>${n(t)}</dt>
              <dd>${i(e.counts[t]??0)}</dd>
            </div>`:f)}
    </dl>
    ${o(`merged_with`,`source`,e=>e.merged)}
    ${o(`left_out`,`skipped`,e=>e.skipped)}
    ${e.files.filter(e=>e.error).map(e=>d`<p class="wrong">
            <strong dir="auto">${e.name}</strong>: ${e.error}
          </p>`)}
    ${e.files.length?d`<h3>${n(`files`)}</h3>
            <div
              class="scroll"
              tabindex="0"
              role="region"
              aria-label=${n(`files`)}
            >
              <table>
                <thead>
                  <tr>
                    <th scope="col">${n(`file`)}</th>
                    ${[`rows`,`stored`,`merged`,`duplicates`,`skipped`].map(e=>d`<th scope="col" class="number">${n(e)}</th>`)}
                  </tr>
                </thead>
                <tbody>
                  ${e.files.map(e=>d`<tr>
                        <td dir="auto">${e.name}</td>
                        ${[e.rows,e.stored,a(e.merged),e.duplicates,a(e.skipped)].map(e=>d`<td class="number">${i(e)}</td>`)}
                      </tr>`)}
                </tbody>
              </table>
            </div>`:f}
  </details>`},H=1024**2,U=20,W,G=class extends g{constructor(...e){super(...e),this.words=`import`,this._refused=``,this._account=``,this._over=!1,this._broken=``}static{this.styles=[...g.styles,z,e`
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
    `]}#e;connectedCallback(){super.connectedCallback(),this.hasUpdated&&this.#t()}disconnectedCallback(){super.disconnectedCallback(),this.#e?.(),this.#e=void 0}firstUpdated(){this.#t()}#t(){this._account||=this.#n.find(e=>e.me)?.account??this.#n[0]?.account??``,this.#r(),this.hass.connection.subscribeEvents(({data:e})=>this.#i(e),`encore_job`).then(e=>{this.isConnected?this.#e=e:e()})}get#n(){return this.names.listeners.flatMap(({name:e,me:t,account:n})=>n?[{name:e,me:t,account:n}]:[])}async#r(){try{let[e,{jobs:t}]=await Promise.all([F(this.hass),o(this.hass,`jobs`,{kind:`import`,limit:U})]);this._uploads=e,this._jobs=t,this._refused=``}catch(e){this._refused=r(e)}}#i(e){if(e.kind!==`import`)return;let t=this._jobs?.find(t=>t.job===e.job);!t||t.state!==e.state?this.#r():this._jobs=this._jobs?.map(t=>t.job===e.job?{...t,...e}:t)}render(){return d`<div class="grid">
        ${this.#n.length?this.#a():d`<section class="surface">
                ${s(`person`,this.say(`no_accounts`),this.say(`no_accounts_more`))}
              </section>`}
        ${this.#d()}
      </div>
      ${this.#m()}`}#a(){return d`<section class="surface">
      <h2>${this.say(`send`)}</h2>
      <p class="quiet">${this.say(`send_more`)}</p>
      <label class="whose"
        ><span>${this.say(`whose`)}</span>
        <select
          @change=${e=>this._account=e.target.value}
        >
          ${this.#n.map(({name:e,account:t})=>d`<option
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
    </section>`}#o(){let e=this._sent??this.#s;if(!e||e.job!==null)return f;let t=e=>m(this.hass,e/H,1),n={received:t(e.received),size:t(e.size)},r=W&&this._sent&&!this._broken;return d`<div class="going" role="status">
      <div class="line">
        <h3 class="one-line">${this.say(`sending`,{name:e.name})}</h3>
        <span class="quiet number">${this.say(`sent`,n)}</span>
      </div>
      <progress
        max=${e.size}
        value=${e.received}
        aria-label=${this.say(`sending`,{name:e.name})}
      ></progress>
      ${this._broken?d`<p>${this.say(`broken`,{why:this._broken})}</p>`:f}
      ${r?f:d`<p class="quiet">
              ${this.say(`go_on`,{name:e.name,...n})}
            </p>`}
      <div class="line">
        ${this._broken&&W?d`<button
                class="button"
                @click=${()=>W&&this.#l(W.file)}
              >
                ${this.say(`resume`)}
              </button>`:f}
        <button class="button" @click=${()=>this.#u(e)}>
          ${this.say(`give_up`)}
        </button>
      </div>
    </div>`}get#s(){return this._uploads?.uploads.find(e=>e.job===null)}#c(e){if(!e||!this._uploads)return;let{name:t,size:n}=e,r=this._uploads.most_bytes;/\.zip$/i.test(t)?n>r?p(this,this.say(`too_big`,{name:t,size:m(this.hass,n/H),most:m(this.hass,r/H)})):this.#l(e):p(this,this.say(`no_zip`,{name:t}))}#l(e){W?.stop(),this._broken=``;let t=new R(e,this._account,this.hass.fetchWithAuth.bind(this.hass),e=>{W===t&&(this._sent=e)});W=t,t.send().then(()=>{W===t&&(W=void 0,this._sent=void 0,this.#r())},e=>{W===t&&(this._broken=r(e),this.#r())})}async#u(e){W?.stop(),W=void 0,this._sent=void 0,this._broken=``;try{await I(this.hass,e.upload)}catch(e){p(this,r(e))}await this.#r()}#d(){return this._refused?s(`warning`,this._refused):this._jobs?d`<section class="surface">
      <h2>${this.say(`imports`)}</h2>
      ${this._jobs.length?A(this._jobs,e=>e.job,e=>this.#f(e)):s(`download`,this.say(`no_imports`),this.say(`no_imports_more`))}
    </section>`:c(this.say(`waiting`))}#f(e){let t=this.say.bind(this);if(e.state!==`running`&&e.state!==`pending`)return V(e,{hass:this.hass,say:t,when:e.ended_at?h(this.hass,e.ended_at):``});let n=e.about??``;return d`<div class="going" role="status">
      <div class="line">
        <h3 class="one-line">${t(`importing`,{name:n})}</h3>
        <span class="quiet number"
          >${t(`imported_rows`,{rows:m(this.hass,e.rows),count:e.rows})}${e.seconds_left===null?``:d`, ${this.#p(e.seconds_left)}`}</span
        >
      </div>
      <progress
        max="100"
        value=${e.percent}
        aria-label=${t(`importing`,{name:n})}
      ></progress>
      <button
        class="button"
        @click=${async()=>{try{await o(this.hass,`cancel_job`,{job:e.job}),p(this,t(`stopping`))}catch(e){p(this,r(e))}}}
      >
        ${t(`stop_import`)}
      </button>
    </div>`}#p(e){return this.say(e===1?`one_second_left`:`seconds_left`,{seconds:m(this.hass,e)})}#m(){return d`<section class="surface">
      <h2>${this.say(`ask_spotify`)}</h2>
      <ol>
        ${[`step_1`,`step_2`,`step_3`,`step_4`].map(e=>d`<li>${this.say(e)}</li>`)}
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
    </section>`}};l([u()],G.prototype,`_uploads`,void 0),l([u()],G.prototype,`_jobs`,void 0),l([u()],G.prototype,`_refused`,void 0),l([u()],G.prototype,`_account`,void 0),l([u()],G.prototype,`_over`,void 0),l([u()],G.prototype,`_sent`,void 0),l([u()],G.prototype,`_broken`,void 0),G=l([i(`encore-import`)],G);export{G as Import};