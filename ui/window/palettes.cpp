// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/palettes.h"

namespace nunatak::ui::window {

namespace {

struct Shades {
    QColor ink, pale, disabled, window, base, alternate, button, accent, onAccent, tip, onTip;
    QColor light, midlight, mid, dark, shadow;
};

// Ink on window reads at a contrast of 13:1 in both, pale text at more than 4.5:1.
const Shades lightShades{0x232931, 0x5f6975, 0xa3abb5, 0xf1f3f5, 0xffffff, 0xf6f8fa, 0xf7f8fa, 0x1f6fb8,
                         0xffffff, 0x2d333b, 0xffffff, 0xffffff, 0xdde2e7, 0xc2c9d1, 0x9aa3ad, 0x6b7582};
const Shades darkShades{0xe6eaee, 0xa0aab4, 0x6a737d, 0x20252b, 0x171b20, 0x1c2126, 0x2b3138, 0x3d8fd6,
                        0xffffff, 0x3a424b, 0xf2f5f7, 0x3a424b, 0x343b43, 0x434c56, 0x14181c, 0x0b0d0f};

} // namespace

QPalette paletteOf(Colors colors) {
    const auto& s = colors == Colors::Dark ? darkShades : lightShades;
    QPalette palette;
    palette.setColor(QPalette::Window, s.window);
    palette.setColor(QPalette::WindowText, s.ink);
    palette.setColor(QPalette::Base, s.base);
    palette.setColor(QPalette::AlternateBase, s.alternate);
    palette.setColor(QPalette::Text, s.ink);
    palette.setColor(QPalette::Button, s.button);
    palette.setColor(QPalette::ButtonText, s.ink);
    palette.setColor(QPalette::BrightText, s.onAccent);
    palette.setColor(QPalette::PlaceholderText, s.pale);
    palette.setColor(QPalette::Highlight, s.accent);
    palette.setColor(QPalette::HighlightedText, s.onAccent);
    palette.setColor(QPalette::Link, s.accent);
    palette.setColor(QPalette::LinkVisited, s.accent);
    palette.setColor(QPalette::ToolTipBase, s.tip);
    palette.setColor(QPalette::ToolTipText, s.onTip);
    palette.setColor(QPalette::Light, s.light);
    palette.setColor(QPalette::Midlight, s.midlight);
    palette.setColor(QPalette::Mid, s.mid);
    palette.setColor(QPalette::Dark, s.dark);
    palette.setColor(QPalette::Shadow, s.shadow);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, s.disabled);
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, s.mid);
    return palette;
}

} // namespace nunatak::ui::window
