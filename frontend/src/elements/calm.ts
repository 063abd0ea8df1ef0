import { EncoreElement } from "./element.ts";

/** An element that a state of the house, which changes all the time, is no reason to draw anew. */
export abstract class CalmElement extends EncoreElement {
  protected override shouldUpdate(): boolean {
    return !this.onlyStates();
  }
}
