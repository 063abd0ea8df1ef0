/** Cards for dashboards; loaded on every page of Home Assistant, so that what they are made of is loaded when it is shown. */

export {};
