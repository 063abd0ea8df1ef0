import{p as e,u as t}from"./element-KEvTEtVl.js";import"./chart-Cy8lXmM_.js";import{t as n}from"./face-D61ksqVe.js";var r=class extends n{static{this.styles=[...n.styles,e`
      .picture {
        position: relative;
        flex: 1 1 150px;
        min-height: 80px;
        max-height: 560px;
        margin: 0 12px 12px;
      }
      .picture encore-chart {
        position: absolute;
        inset: 0;
      }
    `]}picture(e,n,r){return t`<div class="picture ${r?`stale`:``}">
      <encore-chart
        .hass=${this.hass}
        .draw=${e}
        label=${n}
        fill
      ></encore-chart>
    </div>`}};export{r as t};