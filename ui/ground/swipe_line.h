// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace nunatak::ui::ground {

/// The line between two scenes over the view, which is dragged or moved by the arrow keys.
class SwipeLine : public QWidget {
    Q_OBJECT

public:
    explicit SwipeLine(QWidget* view);

    /// As a share of the view's width.
    void setShare(double share);
    double share() const { return m_share; }

Q_SIGNALS:
    void moved(double share);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
    void moveTo(double share);

    double m_share = 0.5;
};

} // namespace nunatak::ui::ground
