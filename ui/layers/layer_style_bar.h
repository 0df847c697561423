// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/line_look.h"

#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QSlider;
class QToolButton;

namespace nunatak::ui::layers {

/// Colour, width and opacity of one layer, and its place among the others.
class LayerStyleBar : public QWidget {
    Q_OBJECT

public:
    explicit LayerStyleBar(QWidget* parent = nullptr);

    /// Shows without telling. `up`, `down`: whether it can go there.
    void setLook(const session::LineLook& look, bool up, bool down);
    void chooseColor();

Q_SIGNALS:
    void lookChanged(const nunatak::ui::session::LineLook& look);
    void moveRequested(int rows); ///< -1: one row up

private:
    void showLook();
    void change(const session::LineLook& look);

    session::LineLook m_look;
    QToolButton* m_color = nullptr;
    QDoubleSpinBox* m_width = nullptr;
    QSlider* m_opacity = nullptr;
    QLabel* m_percent = nullptr;
    QToolButton* m_up = nullptr;
    QToolButton* m_down = nullptr;
};

/// A line as a small picture: a patch of its colour, or a dashed line.
QIcon lineSwatch(const session::LineLook& look, bool isDashed = false);

} // namespace nunatak::ui::layers
