// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

namespace nunatak::ui::viewport {

/// A round piece over the view that shows a picture; the mouse goes through it.
class LoupeGlass : public QWidget {
public:
    LoupeGlass(QWidget& view, int side);

    /// Around this place of the view.
    void show(const QImage& picture, QPointF place);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage m_picture;
};

} // namespace nunatak::ui::viewport
