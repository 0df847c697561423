// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/theme.h"

#include "ui/window/appearance.h"

#include <QApplication>

namespace nunatak::ui::window {

Theme::Theme(UserSettings& settings, const QDBusConnection& bus, QObject* parent)
    : QObject(parent), m_settings(settings), m_desktop(bus) {
    connect(&m_desktop, &DesktopColors::changed, this, &Theme::apply);
    apply();
}

void Theme::setChoice(ThemeChoice choice) {
    m_settings.setTheme(choice);
    apply();
}

bool Theme::isDark() const {
    switch (choice()) {
    case ThemeChoice::Light:
        return false;
    case ThemeChoice::Dark:
        return true;
    case ThemeChoice::Desktop:
        break;
    }
    return m_desktop.isDark();
}

void Theme::apply() {
    applyColors(*qApp, isDark() ? Colors::Dark : Colors::Light);
}

} // namespace nunatak::ui::window
