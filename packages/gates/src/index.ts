export { evaluateGates, type GateInput, type GateVerdict, type Metrics } from './evaluate.ts'
export { type Gate, OPERATORS, type Operand, type Operator, type Sum } from './gate.ts'
export { parseMetrics } from './metrics.wire.ts'
export { parseGates } from './parse.ts'
