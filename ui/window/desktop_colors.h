// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>

namespace nunatak::ui::window {

/// Whether the desktop is dark, as the XDG desktop portal says it (`color-scheme` of
/// `org.freedesktop.appearance`): Qt cannot tell before 6.5. Light until the portal has answered, and where
/// there is none.
class DesktopColors : public QObject {
    Q_OBJECT

public:
    explicit DesktopColors(const QDBusConnection& bus, QObject* parent = nullptr);

    bool isDark() const { return m_dark; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void onSettingChanged(const QString& space, const QString& key, const QDBusVariant& value);

private:
    void ask();
    void adopt(const QVariant& value);

    QDBusConnection m_bus;
    bool m_dark = false;
};

} // namespace nunatak::ui::window
