// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewport/scene_comparison.h"

#include <QString>
#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QSlider;
class QToolButton;

namespace nunatak::ui::ground {

/// A scene as the bar lists it.
struct DatedScene {
    QString id;
    QString date; ///< as it is to be read
    QString name;
};

/// Steps through the dates of a project over the view, and says which scene is compared with which, and how.
/// Hides itself while there is nothing to choose from.
class TimeBar : public QWidget {
    Q_OBJECT

public:
    explicit TimeBar(QWidget* parent);

    /// Oldest first.
    void setScenes(const std::vector<DatedScene>& scenes, const QString& current);
    /// Empty: none.
    void setOther(const QString& id, viewport::SceneComparison::Mode mode);
    /// No wider than this, if it can: then without the slider.
    void setRoom(int pixels);
    /// Another scene than the current one is seen for the moment; empty: none is.
    void setShown(const QString& id);

Q_SIGNALS:
    void sceneChosen(const QString& id);
    /// Empty: compare no longer.
    void otherChosen(const QString& id);
    void modeChosen(nunatak::ui::viewport::SceneComparison::Mode mode);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showScenes();
    void step(int by);
    int indexOf(const QString& id) const;

    std::vector<DatedScene> m_scenes;
    QString m_current;
    QString m_other;
    QString m_shown;
    viewport::SceneComparison::Mode m_mode = viewport::SceneComparison::Mode::Swipe;
    bool m_isFilling = false;
    int m_room = 10'000;
    QToolButton* m_before = nullptr;
    QSlider* m_dates = nullptr;
    QToolButton* m_after = nullptr;
    QLabel* m_date = nullptr;
    QComboBox* m_others = nullptr;
    std::vector<QToolButton*> m_modes;
};

} // namespace nunatak::ui::ground
