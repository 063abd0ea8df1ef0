<<<<<<<< HEAD:custom_components/encore/panel/pictured-CBpfB3hs.js
import{p as e,u as t}from"./element-8Cbne7HU.js";import"./chart-oZapnOtO.js";import{t as n}from"./face-XzOHIEEE.js";var r=class extends n{static{this.styles=[...n.styles,e`
========
import{p as e,u as t}from"./element-CUcAaWs4.js";import"./chart-xQQRbkFN.js";import{t as n}from"./face-848ZRsTz.js";var r=class extends n{static{this.styles=[...n.styles,e`
>>>>>>>> 2b1d504a (Ask anything on every page of the panel):custom_components/encore/panel/pictured-D_hSbyuH.js
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