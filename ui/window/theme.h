// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/user_settings.h"
#include "ui/window/desktop_colors.h"

#include <QObject>

namespace nunatak::ui::window {

/// The window's colours: light or dark, by the user's choice or as the desktop has them, changed at once when
/// either changes.
class Theme : public QObject {
    Q_OBJECT

public:
    Theme(UserSettings& settings, const QDBusConnection& bus, QObject* parent);

    ThemeChoice choice() const { return m_settings.theme(); }
    void setChoice(ThemeChoice choice);
    bool isDark() const;

private:
    void apply();

    UserSettings& m_settings;
    DesktopColors m_desktop;
};

} // namespace nunatak::ui::window
