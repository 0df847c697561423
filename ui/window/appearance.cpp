// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/appearance.h"

#include <QApplication>
#include <QIcon>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QPolygonF>
#include <QStyleFactory>

namespace nunatak::ui {

namespace {

QPalette lightPalette() {
    QPalette palette;
    const QColor ink(0x23, 0x29, 0x31);
    const QColor pale(0x6b, 0x75, 0x82);
    const QColor disabled(0xa3, 0xab, 0xb5);
    palette.setColor(QPalette::Window, QColor(0xf1, 0xf3, 0xf5));
    palette.setColor(QPalette::WindowText, ink);
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::AlternateBase, QColor(0xf6, 0xf8, 0xfa));
    palette.setColor(QPalette::Text, ink);
    palette.setColor(QPalette::Button, QColor(0xf7, 0xf8, 0xfa));
    palette.setColor(QPalette::ButtonText, ink);
    palette.setColor(QPalette::PlaceholderText, pale);
    palette.setColor(QPalette::Highlight, QColor(0x1f, 0x6f, 0xb8));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, QColor(0x1f, 0x6f, 0xb8));
    palette.setColor(QPalette::ToolTipBase, QColor(0x2d, 0x33, 0x3b));
    palette.setColor(QPalette::ToolTipText, Qt::white);
    palette.setColor(QPalette::Light, Qt::white);
    palette.setColor(QPalette::Midlight, QColor(0xe3, 0xe7, 0xeb));
    palette.setColor(QPalette::Mid, QColor(0xc2, 0xc9, 0xd1));
    palette.setColor(QPalette::Dark, QColor(0x9a, 0xa3, 0xad));
    palette.setColor(QPalette::Shadow, QColor(0x6b, 0x75, 0x82));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, disabled);
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(0xc2, 0xc9, 0xd1));
    return palette;
}

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
    QIcon::setThemeName(QStringLiteral("breeze"));
    QIcon::setFallbackThemeName(QStringLiteral("breeze"));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(lightPalette());
    application.setStyleSheet(QStringLiteral(
        "QToolTip { color: white; background: #2d333b; border: none; padding: 4px; }"
        "QToolBar { border: none; border-bottom: 1px solid #d5dae0; padding: 3px 6px; spacing: 3px; }"
        "QStatusBar { border-top: 1px solid #d5dae0; }"
        "QStatusBar::item { border: none; }"
        "QMainWindow::separator { background: #d5dae0; width: 4px; height: 4px; }"
        "QHeaderView::section { padding: 3px 6px; border: none; border-bottom: 1px solid #d5dae0;"
        " background: #f7f8fa; }"
        "QTreeView::item { padding: 2px 0; }"
        "QDockWidget::title { padding: 5px 8px; background: #e6eaee; }"));
    QApplication::setWindowIcon(programIcon());
}

} // namespace nunatak::ui
