// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/layer_style_bar.h"

#include "ui/base/owned.h"

#include <QColorDialog>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QIcon>
#include <QLabel>
#include <QPainter>
#include <QPixmap>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <cmath>

namespace nunatak::ui::layers {

using session::LineLook;

namespace {

QToolButton* arrowButton(const char* icon, const QString& text, const QString& tip) {
    auto* button = owned<QToolButton>();
    button->setIcon(QIcon::fromTheme(QLatin1String(icon)));
    button->setText(text);
    button->setToolTip(tip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

QLabel* caption(const QString& text) {
    auto* label = owned<QLabel>(text);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

QIcon lineSwatch(const LineLook& look, bool isDashed) {
    constexpr int side = 14;
    constexpr int finest = 3; // sharp up to this device pixel ratio
    QPixmap pixmap(side * finest, side * finest);
    pixmap.setDevicePixelRatio(finest);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(std::max(look.opacity, 0.15));
    if (isDashed) {
        painter.fillRect(QRectF(0, 5, 4, 4), look.color.darker(170));
        painter.fillRect(QRectF(5.5, 5, 4, 4), look.color.darker(170));
        painter.fillRect(QRectF(11, 5, 3, 4), look.color.darker(170));
        painter.fillRect(QRectF(0.5, 5.5, 3, 3), look.color);
        painter.fillRect(QRectF(6, 5.5, 3, 3), look.color);
        painter.fillRect(QRectF(11.5, 5.5, 2, 3), look.color);
    } else {
        painter.setPen(QPen(look.color.darker(170), 1));
        painter.setBrush(look.color);
        painter.drawRoundedRect(QRectF(0.5, 1.5, 13, 11), 2.5, 2.5);
    }
    painter.end();
    QIcon icon(pixmap);
    icon.addPixmap(pixmap, QIcon::Selected); // a selected row must not tint it
    return icon;
}

LayerStyleBar::LayerStyleBar(QWidget* parent) : QWidget(parent) {
    m_color = owned<QToolButton>();
    m_color->setObjectName(QStringLiteral("layerColor"));
    m_color->setToolTip(tr("Colour of the chosen layer"));
    m_color->setFocusPolicy(Qt::TabFocus);
    m_width = owned<QDoubleSpinBox>();
    m_width->setObjectName(QStringLiteral("layerWidth"));
    m_width->setRange(0.5, 8);
    m_width->setSingleStep(0.5);
    m_width->setDecimals(1);
    m_width->setSuffix(tr(" px"));
    m_width->setToolTip(tr("Width of its lines in pixels"));
    m_opacity = owned<QSlider>(Qt::Horizontal);
    m_opacity->setObjectName(QStringLiteral("layerOpacity"));
    m_opacity->setRange(5, 100);
    m_opacity->setPageStep(10);
    m_opacity->setToolTip(tr("How much of what lies below its lines hide"));
    m_percent = owned<QLabel>();
    m_percent->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_percent->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("100 %")));
    m_up = arrowButton("arrow-up", tr("Up"), tr("Draw the layer above the one before it"));
    m_up->setObjectName(QStringLiteral("layerUp"));
    m_down = arrowButton("arrow-down", tr("Down"), tr("Draw the layer below the one after it"));
    m_down->setObjectName(QStringLiteral("layerDown"));

    auto* grid = owned<QGridLayout>(this);
    grid->setContentsMargins(10, 8, 10, 8);
    grid->setHorizontalSpacing(6);
    grid->setVerticalSpacing(6);
    grid->addWidget(caption(tr("Line")), 0, 0);
    grid->addWidget(m_color, 0, 1);
    grid->addWidget(m_width, 0, 2);
    grid->addWidget(m_up, 0, 4);
    grid->addWidget(m_down, 0, 5);
    grid->addWidget(caption(tr("Opacity")), 1, 0);
    grid->addWidget(m_opacity, 1, 1, 1, 3);
    grid->addWidget(m_percent, 1, 4, 1, 2);
    grid->setColumnStretch(3, 1);

    connect(m_color, &QToolButton::clicked, this, &LayerStyleBar::chooseColor);
    connect(m_width, &QDoubleSpinBox::valueChanged, this, [this](double width) {
        auto look = m_look;
        look.width = width;
        change(look);
    });
    connect(m_opacity, &QSlider::valueChanged, this, [this](int percent) {
        auto look = m_look;
        look.opacity = percent / 100.0;
        change(look);
    });
    connect(m_up, &QToolButton::clicked, this, [this] { Q_EMIT moveRequested(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { Q_EMIT moveRequested(1); });
    showLook();
}

void LayerStyleBar::setLook(const LineLook& look, bool up, bool down) {
    m_look = look;
    m_up->setEnabled(up);
    m_down->setEnabled(down);
    showLook();
}

void LayerStyleBar::showLook() {
    const QSignalBlocker quietWidth(m_width);
    const QSignalBlocker quietOpacity(m_opacity);
    const int percent = static_cast<int>(std::lround(m_look.opacity * 100));
    m_color->setIcon(lineSwatch(m_look));
    m_width->setValue(m_look.width);
    m_opacity->setValue(percent);
    m_percent->setText(tr("%1 %").arg(percent));
}

void LayerStyleBar::change(const LineLook& look) {
    if (look != m_look) {
        m_look = look;
        showLook();
        Q_EMIT lookChanged(m_look);
    }
}

void LayerStyleBar::chooseColor() {
    auto* dialog = owned<QColorDialog>(m_look.color, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("layerColorDialog"));
    dialog->setWindowTitle(tr("Colour of the layer"));
    connect(dialog, &QColorDialog::colorSelected, this, [this](const QColor& color) {
        auto look = m_look;
        look.color = color;
        change(look);
    });
    dialog->open();
}

} // namespace nunatak::ui::layers
