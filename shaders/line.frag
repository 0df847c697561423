#version 120
#pragma import_defines(NUNATAK_STATES)
// SPDX-License-Identifier: GPL-3.0-or-later
uniform vec4 lineColor;
uniform vec4 casingColor;
uniform float halfWidth;
uniform float casing;    // how much farther a casing reaches that is drawn in the same pass; 0: none
uniform float pixelScale;
uniform float leastCover; // what a pixel must be covered by to be drawn
uniform float even;      // 1: of a translucent line, no place of which may be drawn twice
varying vec2 along;
varying float extent;
varying float thin;
#ifdef NUNATAK_STATES
uniform float acceptedWider;
uniform float marks;     // 1: states are told by dashes and another middle, 0: only by width and gaps
uniform vec3 acceptedMiddle; // of lines that were accepted
uniform vec3 changedMiddle;
varying float state; // see OutlineState
varying vec2 travel;

const float dashShare = 0.58; // the rest is gap
const float dotShare = 0.2;
const float middleShare = 0.6; // of the width

// How much of a dash lies at this place of the line.
float dash(float share) {
    float fromMiddle = abs(fract(travel.x) - 0.5);
    return clamp((0.5 * share - fromMiddle) * travel.y + 0.5, 0.0, 1.0);
}
#endif

void main() {
    float beyond = max(max(-along.x, along.x - extent), 0.0);
    float away = length(vec2(beyond, along.y));
    float wide = halfWidth;
    vec3 paint = lineColor.rgb;
    float scale = thin * pixelScale;
    float drawn = 1.0;
#ifdef NUNATAK_STATES
    bool gaps = state > 3.5; // removed and reference: the ground is seen between their dashes
    if (gaps) {
        float rim = marks > 0.0 ? 0.0 : 0.08; // of the casing around a dash's ends
        drawn = dash((state > 4.5 ? dashShare : dotShare) + rim);
    } else if (state > 1.5 && state < 2.5) {
        drawn = marks > 0.0 ? dash(dashShare) : 1.0;
    } else if (state > 0.5) {
        wide += acceptedWider;
        // Through the round ends: they lie over the piece before.
        float middle = clamp(middleShare * wide * scale + 0.5 - abs(along.y), 0.0, 1.0);
        paint = mix(paint, state < 1.5 ? acceptedMiddle : changedMiddle, marks * middle);
    }
#endif
    float cover = clamp(wide * scale + 0.5 - away, 0.0, 1.0);
    vec4 color = vec4(paint, lineColor.a * cover * drawn);
    if (casing > 0.0) {
        // Not around the ends: it would lie over the next piece.
        float around = beyond > 0.0 ? 0.0 : clamp((wide + casing) * scale + 0.5 - away, 0.0, 1.0);
#ifdef NUNATAK_STATES
        around *= gaps ? drawn : 1.0;
#endif
        color = vec4(mix(casingColor.rgb, paint, cover * drawn), max(color.a, casingColor.a * around));
    }
    // The soft edge of a round end lies over that of the next piece, which covers at least as much there: of an even
    // line one of the two ends at a joint has none.
    bool again = even > 0.0 && cover < 0.99 && along.x > extent && extent > 0.5;
    if (color.a <= 0.0 || cover < leastCover || again)
        discard;
    gl_FragColor = color;
}
