#version 120
// SPDX-License-Identifier: GPL-3.0-or-later
uniform vec4 lineColor;
uniform vec4 casingColor;
uniform float halfWidth;
uniform float casing;    // how much farther a casing reaches that is drawn in the same pass; 0: none
uniform float pixelScale;
varying vec2 along;
varying float extent;

void main() {
    float beyond = max(max(-along.x, along.x - extent), 0.0);
    float away = length(vec2(beyond, along.y));
    float cover = clamp(halfWidth * pixelScale + 0.5 - away, 0.0, 1.0);
    vec4 color = vec4(lineColor.rgb, lineColor.a * cover);
    if (casing > 0.0) {
        // Not around the ends: it would lie over the next piece.
        float around = beyond > 0.0 ? 0.0 : clamp((halfWidth + casing) * pixelScale + 0.5 - away, 0.0, 1.0);
        color = vec4(mix(casingColor.rgb, lineColor.rgb, cover), max(color.a, casingColor.a * around));
    }
    if (color.a <= 0.0)
        discard;
    gl_FragColor = color;
}
