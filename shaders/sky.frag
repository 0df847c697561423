#version 120
// SPDX-License-Identifier: GPL-3.0-or-later
uniform vec3 skyUpper;
uniform vec3 skyLower;
varying float rise;

void main() {
    // Half a step of noise keeps the slow gradient from showing as bands.
    float noise = fract(sin(dot(gl_FragCoord.xy, vec2(12.9898, 78.233))) * 43758.5453) - 0.5;
    gl_FragColor = vec4(mix(skyLower, skyUpper, smoothstep(0.0, 1.0, rise)) + noise / 255.0, 1.0);
}
