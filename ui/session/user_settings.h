// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

class QSettings;

namespace nunatak::ui::session {

/// Which colours the window has: those of the desktop, or always the same.
enum class ThemeChoice { Desktop, Light, Dark };

/// What belongs to the user and not to a project, by type. The store is handed in and stays the caller's;
/// what is missing or damaged in it is as on the first start.
class UserSettings {
public:
    explicit UserSettings(QSettings& store) : m_store(store) {}

    ThemeChoice theme() const;
    void setTheme(ThemeChoice choice);
    QString model() const;
    void setModel(const QString& name);
    QByteArray geometry() const;
    QByteArray docks() const;
    void setLayout(const QByteArray& geometry, const QByteArray& docks);
    /// The small map in the view's corner.
    bool overviewShown() const;
    void setOverviewShown(bool shown);

private:
    QSettings& m_store;
};

} // namespace nunatak::ui::session
