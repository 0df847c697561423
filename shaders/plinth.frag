#version 120
// SPDX-License-Identifier: GPL-3.0-or-later
uniform vec3 plinthUpper;
uniform vec3 plinthLower;
varying float shade;
varying float level;

void main() {
    gl_FragColor = vec4(mix(plinthLower, plinthUpper, smoothstep(0.0, 0.9, level)) * shade, 1.0);
}
