// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "divides/merge_basins.h"
#include "ui/base/layer_combo.h"
#include "ui/divides/division_list.h"

#include <QString>
#include <QStringList>
#include <QWidget>

#include <cstddef>

class QComboBox;
class QLabel;
class QPushButton;

namespace nunatak::ui::divides {

class ThresholdField;

/// Which glaciers are divided, by what, how finely, and what comes of it before it is done.
class DividesPanel : public QWidget {
    Q_OBJECT

public:
    enum class Which { Selected, InView, All };
    /// By what is divided.
    struct By {
        enum class What { Project, File, Layer };
        What what = What::Project; ///< the elevation model of the project, that of a file, a layer's divides
        QString name{};            ///< of the file, or the layer
        bool operator==(const By&) const = default;
    };

    explicit DividesPanel(QWidget* parent = nullptr);

    /// The layers to choose from; what was chosen stays if it is still there, else it is `wanted`.
    void setLayers(const QStringList& layers, const LayerTitle& title, const QString& wanted);
    void setLayer(const QString& layer);
    QString layer() const;
    /// How many glaciers of the layer are selected, in the view, and there.
    void setCounts(std::size_t selected, std::size_t inView, std::size_t all);
    void setWhich(Which which);
    Which which() const;
    /// Layers whose divides can be had; what was chosen stays if it is still there.
    void setLike(const QStringList& layers, const LayerTitle& title);
    void setBy(const By& by);
    By by() const;
    nunatak::divides::Thresholds thresholds() const;

    /// Why nothing can be divided; empty: it can. `offersInventory`: a button starts one.
    void setLocked(const QString& why, bool offersInventory);
    /// Something is worked out, which the button stops then.
    void setBusy(bool isBusy, const QString& sentence = {});
    void showProblem(const QString& sentence);
    void showSummary(const QString& sentence);
    void showDivisions(std::vector<DivisionList::Group> groups);
    /// There is something to do.
    void setReady(bool isReady);
    /// So many divides were taken out by hand.
    void setTakenOut(std::size_t count);
    /// Nothing was worked out.
    void clear();

Q_SIGNALS:
    /// Another layer, other glaciers, or by something else.
    void wanted();
    void fileWanted();
    void thresholdsChanged();
    void stopRequested();
    void startInventoryRequested();
    void included(const std::string& uuid, bool isIncluded);
    void placeActivated(const nunatak::geo::Extent& extent);
    void putBackRequested();
    void acceptRequested();
    void cancelRequested();

private:
    void buildRules();
    void connectParts();
    void updateButtons();
    void chooseBy();

    QComboBox* m_layer;
    QComboBox* m_which;
    QComboBox* m_by;
    ThresholdField* m_area;
    ThresholdField* m_saddle;
    QLabel* m_summary;
    QPushButton* m_stop;
    DivisionList* m_list;
    QLabel* m_takenOut;
    QPushButton* m_putBack;
    QLabel* m_lock;
    QPushButton* m_start;
    QPushButton* m_accept;
    QPushButton* m_cancel;
    By m_chosen;
    bool m_isReady = false;
    bool m_isLocked = false;
};

} // namespace nunatak::ui::divides
