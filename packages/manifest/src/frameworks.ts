/**
 * The fields of a predictor, one for each framework, that its field `model` has replaced (kserve/kserve
 * pkg/apis/serving/v1beta1/predictor.go). An entry of its own: who reads objects of a cluster needs no YAML.
 */
export const FRAMEWORKS = [
  'sklearn',
  'xgboost',
  'tensorflow',
  'pytorch',
  'triton',
  'onnx',
  'huggingface',
  'pmml',
  'lightgbm',
  'paddle',
] as const
