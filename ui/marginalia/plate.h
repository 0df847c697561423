// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

namespace nunatak::ui::marginalia {

/// What stands over the view stands on a plate in the theme's light: one that is bright in a dark window
/// draws the eye from the ground.
struct Plate {
    QColor ink;
    QColor edge; ///< on snow, or on shade, the plate would have none
    /// @param opacity 0 to 255
    QColor fill(int opacity) const {
        QColor color = m_fill;
        color.setAlpha(opacity);
        return color;
    }

    explicit Plate(const QPalette& palette) {
        constexpr int middle = 128;
        const bool isDark = palette.color(QPalette::Window).lightness() < middle;
        ink = isDark ? QColor(0xe6, 0xe9, 0xec) : QColor(0x1d, 0x22, 0x28);
        edge = isDark ? QColor(255, 255, 255, 50) : QColor(0, 0, 0, 50);
        m_fill = isDark ? QColor(0x1f, 0x24, 0x2a) : QColor(Qt::white);
    }

private:
    QColor m_fill;
};

} // namespace nunatak::ui::marginalia
