// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/tool_strip.h"

#include "ui/base/owned.h"

#include <QAction>
#include <QIcon>
#include <QStyleOptionToolButton>
#include <QStylePainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace nunatak::ui::editing {

namespace {

constexpr int stripWidth = 40;
constexpr int iconPixels = 18;
constexpr int rowHeight = 25; // so that all have room on the screen of a small laptop

/// An icon, and the key in the corner beneath.
class StripButton : public QToolButton {
public:
    QSize sizeHint() const override { return {stripWidth - 4, rowHeight}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override {
        QStylePainter painter(this);
        QStyleOptionToolButton frame;
        initStyleOption(&frame);
        frame.text.clear();
        frame.icon = QIcon();
        painter.drawComplexControl(QStyle::CC_ToolButton, frame);
        const auto mode = isEnabled() ? QIcon::Normal : QIcon::Disabled;
        icon().paint(&painter, QRect(2, (height() - iconPixels) / 2, iconPixels, iconPixels), Qt::AlignCenter,
                     mode, isChecked() ? QIcon::On : QIcon::Off);
        painter.setPen(
            palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::ButtonText));
        painter.drawText(rect().adjusted(0, 0, -1, -1), Qt::AlignRight | Qt::AlignBottom, text());
    }
};

} // namespace

ToolStrip::ToolStrip(const QList<QAction*>& actions, QWidget* parent) : QFrame(parent) {
    setObjectName(QStringLiteral("toolStrip"));
    setFixedWidth(stripWidth);
    auto* column = owned<QVBoxLayout>(this);
    column->setContentsMargins(2, 4, 2, 4);
    column->setSpacing(2);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.8);
    bool wasTool = true;
    for (auto* action : actions) {
        if (wasTool && !action->isCheckable()) {
            column->addSpacing(8); // what stays in the hand, then what is done at once
        }
        wasTool = action->isCheckable();
        auto* button = owned<StripButton>();
        button->setDefaultAction(action);
        button->setIconSize({iconPixels, iconPixels});
        button->setFont(small);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::NoFocus); // keys stay the view's
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        column->addWidget(button);
    }
    column->addStretch(1);
}

} // namespace nunatak::ui::editing
