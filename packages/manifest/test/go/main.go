// Writes what sigs.k8s.io/yaml, by which Kubernetes, Argo CD and kustomize read, makes of plain scalars:
//
//	cd packages/manifest/test/go && go run . <values.json >plain.json
//
// Made with go1.26.8 and sigs.k8s.io/yaml v1.4.0.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"sigs.k8s.io/yaml"
)

func main() {
	var values []string
	if err := json.NewDecoder(os.Stdin).Decode(&values); err != nil {
		panic(err)
	}
	read := map[string]bool{}
	for _, value := range values {
		read[value] = isText("key: "+value+"\n", value) && isText("{key: "+value+", more: 1}\n", value)
	}
	out, _ := json.MarshalIndent(map[string]any{
		"by":     "sigs.k8s.io/yaml v1.4.0, see main.go",
		"isText": read,
	}, "", "  ")
	fmt.Println(string(out))
}

func isText(text, value string) bool {
	var out map[string]any
	return yaml.Unmarshal([]byte(text), &out) == nil && out["key"] == value
}
