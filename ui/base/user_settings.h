// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

class QSettings;

namespace nunatak::ui {

/// Which colours the window has: those of the desktop, or always the same.
enum class ThemeChoice { Desktop, Light, Dark };

/// What the dialog of a prediction was left with.
struct PredictChoices {
    double buffer = 0; ///< metres around a glacier
    double threshold = 0;
    double confidence = 0;
    double smoothing = 0;   ///< pixels
    double minimumArea = 0; ///< m²
    bool rawOutlines = false;
    bool testTimeAugmentation = false;
    int dropoutPasses = 0;
};

/// What somebody who hands outlines in says each time.
struct HandInChoices {
    QString authors; ///< "Surname, Given name"
    QString licence;
    QString centre; ///< this and the next: GLIMS'
    QString area;
    QString affiliation;
    QString localUncertainty; ///< metres, as typed; empty: not said
    QString globalUncertainty;
};

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
    /// The folder where files for this purpose were last chosen, or files for any; the user's own at first.
    QString folder(const QString& purpose) const;
    void setFolder(const QString& purpose, const QString& folder);
    /// Files of projects, the last one first.
    QStringList recentProjects() const;
    void setRecentProjects(const QStringList& files);
    /// The name that edits, verdicts and notes are signed with; empty: as the system knows the user.
    QString analyst() const;
    void setAnalyst(const QString& name);
    /// After a verdict the next glacier of the queue comes by itself.
    bool goesOnAfterVerdict() const;
    void setGoesOnAfterVerdict(bool goesOn);
    /// What was told when this project was last opened.
    QString toldNotes(const QString& project) const;
    void setToldNotes(const QString& project, const QString& notes);
    /// As the last prediction was asked for; where nothing is kept, as `usual`.
    PredictChoices predictChoices(const PredictChoices& usual) const;
    void setPredictChoices(const PredictChoices& choices);
    /// As they were said last; the licence is at first that of GLIMS and the RGI.
    HandInChoices handInChoices() const;
    void setHandInChoices(const HandInChoices& choices);

private:
    QSettings& m_store;
};

} // namespace nunatak::ui
