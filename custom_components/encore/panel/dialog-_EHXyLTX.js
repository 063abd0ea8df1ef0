import{a as e,n as t,o as n,p as r,t as i,u as a}from"./element-KEvTEtVl.js";import{t as o}from"./query-DDQkTGvL.js";import{E as s}from"./format-BsfNSj2c.js";var c=class extends i{constructor(...e){super(...e),this.heading=``}static{this.styles=[...i.styles,r`
      dialog {
        color: inherit;
        padding: 0;
        width: min(560px, calc(100vw - 24px));
        max-height: min(88vh, 900px);
        overflow: hidden;
      }
      dialog[open] {
        display: flex;
        flex-direction: column;
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 50%);
      }
      header {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 12px 12px 8px 20px;
      }
      header h2 {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .body {
        padding: 0 20px 16px;
        overflow: auto;
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: 8px;
        padding: 8px 16px 16px;
      }
    `]}render(){return a`<dialog
      class="surface"
      aria-labelledby="heading"
      @close=${()=>this.dispatchEvent(new Event(`closed`))}
      @click=${e=>{e.target===this._dialog&&this._dialog.close()}}
    >
      <header>
        <h2 id="heading">${this.heading}</h2>
        <button
          class="icon-button"
          aria-label=${this.say(`close`)}
          @click=${()=>this._dialog.close()}
        >
          ${s(`close`)}
        </button>
      </header>
      <div class="body" tabindex="-1"><slot></slot></div>
      <footer><slot name="actions"></slot></footer>
    </dialog>`}firstUpdated(e){this._dialog.showModal()}close(){this._dialog.close()}};t([e()],c.prototype,`heading`,void 0),t([o(`dialog`)],c.prototype,`_dialog`,void 0),c=t([n(`encore-dialog`)],c);