// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/appearance.h"

#include <QApplication>
#include <QIcon>
#include <QPainter>
#include <QPixmap>
#include <QPolygonF>
#include <QProxyStyle>

#include <memory>

namespace nunatak::ui::window {

namespace {

/// 1 text and 2 ground of a tip, 3 lines, 4 window, 5 button, 6 pale text.
constexpr auto styleSheet = "QToolTip { color: %1; background: %2; border: none; padding: 4px; }"
                            "QToolBar { border: none; border-bottom: 1px solid %3; padding: 3px 6px;"
                            " spacing: 3px; background: %4; }"
                            "QMenuBar { border-bottom: 1px solid %3; background: %4; }"
                            "QStatusBar { border-top: 1px solid %3; background: %4; }"
                            "QStatusBar::item { border: none; }"
                            "QMainWindow::separator { background: %3; width: 1px; height: 1px; }"
                            "QMainWindow::separator:hover { background: %6; }"
                            "QHeaderView { background: %4; }"
                            "QHeaderView::section { padding: 4px 6px; border: none; color: %6;"
                            " border-bottom: 1px solid %3; background: %4; }"
                            "QTreeView::item { padding: 3px 0; }"
                            "QDockWidget::title { padding: 6px 10px; background: %5;"
                            " border-bottom: 1px solid %3; }";

/// Icons of what is not possible now are pale, whichever they are: Fusion's grey leaves broad ones as dark as
/// if they were possible.
class PaleWhenDisabled : public QProxyStyle {
public:
    PaleWhenDisabled() : QProxyStyle(QStringLiteral("Fusion")) {}

    QPixmap generatedIconPixmap(QIcon::Mode mode, const QPixmap& pixmap,
                                const QStyleOption* option) const override {
        if (mode != QIcon::Disabled) {
            return QProxyStyle::generatedIconPixmap(mode, pixmap, option);
        }
        QPixmap pale(pixmap.size());
        pale.setDevicePixelRatio(pixmap.devicePixelRatio());
        pale.fill(Qt::transparent);
        QPainter painter(&pale);
        painter.setOpacity(0.35);
        painter.drawPixmap(0, 0, pixmap);
        return pale;
    }
};

/// A dark rock that stands out of the ice: what a nunatak is.
QIcon programIcon() {
    QIcon icon;
    for (const int size : {16, 32, 64, 128}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(size / 64.0, size / 64.0);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(0x1f, 0x6f, 0xb8));
        painter.drawRoundedRect(QRectF(2, 2, 60, 60), 12, 12);
        painter.setBrush(QColor(0x2d, 0x33, 0x3b));
        painter.drawPolygon(QPolygonF({{12, 50}, {28, 16}, {36, 28}, {41, 22}, {54, 50}}));
        painter.setBrush(Qt::white);
        painter.drawPolygon(QPolygonF({{28, 16}, {33, 23.5}, {28, 27}, {23, 26.5}}));
        painter.setBrush(QColor(0xe8, 0xf4, 0xfd));
        painter.drawPolygon(QPolygonF(
            {{4, 47}, {16, 42}, {30, 48}, {44, 42}, {60, 47}, {60, 52}, {52, 60}, {12, 60}, {4, 52}}));
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace

void applyAppearance(QApplication& application) {
    // Not every desktop tells Qt where icons are; Breeze is a dependency of the package.
    QStringList paths = QIcon::themeSearchPaths();
    if (const QString system = QStringLiteral("/usr/share/icons"); !paths.contains(system)) {
        paths << system;
    }
    QIcon::setThemeSearchPaths(paths);
    QIcon::setFallbackThemeName(QStringLiteral("breeze"));
    QApplication::setStyle(std::make_unique<PaleWhenDisabled>().release()); // the application's
    QApplication::setWindowIcon(programIcon());
    applyColors(application, Colors::Light);
}

void applyColors(QApplication& application, Colors colors) {
    const auto palette = paletteOf(colors);
    if (!application.styleSheet().isEmpty() && palette == QApplication::palette()) {
        return;
    }
    QIcon::setThemeName(colors == Colors::Dark ? QStringLiteral("breeze-dark") : QStringLiteral("breeze"));
    QApplication::setPalette(palette);
    const auto name = [&palette](QPalette::ColorRole role) { return palette.color(role).name(); };
    application.setStyleSheet(QString::fromLatin1(styleSheet)
                                  .arg(name(QPalette::ToolTipText), name(QPalette::ToolTipBase),
                                       name(QPalette::Midlight), name(QPalette::Window),
                                       name(QPalette::Button), name(QPalette::PlaceholderText)));
}

} // namespace nunatak::ui::window
