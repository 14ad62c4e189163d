// The same with what Testing Library asks of React.
import { act } from 'preact/test-utils';
import react from './react.js';

export * from './react.js';
export { act };
export default { ...react, act };
