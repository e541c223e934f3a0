/** What the columns of the accessibility statistics measure, by datasource: a line has the label and the words of the publisher. */
export const accessibilityMeasures = {
  acs0501: `
EMPLO006 Users in LA
EMPLO007 At risk users in LA
EMPLO008 Travel time to nearest employment centre by PT/walk
EMPLO009 Frequency score reflecting the availability of bus services providing this travel time
EMPLO010 Travel time to nearest employment centre by cycle
EMPLO011 Travel time to nearest employment centre by car
EMPLO012 Travel time to nearest employment centre by car (new method)
EMPLO013 Number of employment centres with at least 100 jobs available by PT/walk within 20 minutes
EMPLO014 Number of employment centres with at least 500 jobs available by PT/walk within 20 minutes
EMPLO015 Number of employment centres with at least 5000 jobs available by PT/walk within 20 minutes
EMPLO016 Number of employment centres with at least 100 jobs available by cycle within 20 minutes
EMPLO017 Number of employment centres with at least 500 jobs available by cycle within 20 minutes
EMPLO018 Number of employment centres with at least 5000 jobs available by cycle within 20 minutes
EMPLO019 Number of employment centres with at least 100 jobs available by car within 20 minutes
EMPLO020 Number of employment centres with at least 500 jobs available by car within 20 minutes
EMPLO021 Number of employment centres with at least 5000 jobs available by car within 20 minutes
EMPLO022 Number of employment centres with at least 100 jobs available by car within 20 minutes (new method)
EMPLO023 Number of employment centres with at least 500 jobs available by car within 20 minutes (new method)
EMPLO024 Number of employment centres with at least 5000 jobs available by car within 20 minutes (new method)
EMPLO025 Number of employment centres with at least 100 jobs available by PT/walk within 40 minutes
EMPLO026 Number of employment centres with at least 500 jobs available by PT/walk within 40 minutes
EMPLO027 Number of employment centres with at least 5000 jobs available by PT/walk within 40 minutes
EMPLO028 Number of employment centres with at least 100 jobs available by cycle within 40 minutes
EMPLO029 Number of employment centres with at least 500 jobs available by cycle within 40 minutes
EMPLO030 Number of employment centres with at least 5000 jobs available by cycle within 40 minutes
EMPLO031 Number of employment centres with at least 100 jobs available by car within 40 minutes
EMPLO032 Number of employment centres with at least 500 jobs available by car within 40 minutes
EMPLO033 Number of employment centres with at least 5000 jobs available by car within 40 minutes
EMPLO034 Number of employment centres with at least 100 jobs available by car within 40 minutes (new method)
EMPLO035 Number of employment centres with at least 500 jobs available by car within 40 minutes (new method)
EMPLO036 Number of employment centres with at least 5000 jobs available by car within 40 minutes (new method)
EMPLO037 Number of employment centres with at least 100 jobs available by PT/walk within a reasonable time
EMPLO038 Number of employment centres with at least 500 jobs available by PT/walk within a reasonable time
EMPLO039 Number of employment centres with at least 5000 jobs available by PT/walk within a reasonable time
EMPLO040 Number of employment centres with at least 100 jobs available by cycle within a reasonable time
EMPLO041 Number of employment centres with at least 500 jobs available by cycle within a reasonable time
EMPLO042 Number of employment centres with at least 5000 jobs available by cycle within a reasonable time
EMPLO043 Number of employment centres with at least 100 jobs available by car within a reasonable time
EMPLO044 Number of employment centres with at least 500 jobs available by car within a reasonable time
EMPLO045 Number of employment centres with at least 5000 jobs available by car within a reasonable time
EMPLO046 Number of employment centres with at least 100 jobs available by car within a reasonable time (new method)
EMPLO047 Number of employment centres with at least 500 jobs available by car within a reasonable time (new method)
EMPLO048 Number of employment centres with at least 5000 jobs available by car within a reasonable time (new method)
EMPLO049 Users within 20 minutes by PT/walk
EMPLO050 Users within 20 minutes by cycle
EMPLO051 Users within 20 minutes by car
EMPLO052 Users within 20 minutes by car (new method)
EMPLO053 Users within 20 minutes by composite mode
EMPLO054 Users within 40 minutes by PT/walk
EMPLO055 Users within 40 minutes by cycle
EMPLO056 Users within 40 minutes by car
EMPLO057 Users within 40 minutes by car (new method)
EMPLO058 Users within 40 minutes by composite mode
EMPLO059 Users with access to employment centres within a reasonable time by PT/walk
EMPLO060 Users with access to employment centres within a reasonable time by cycle
EMPLO061 Users with access to employment centres within a reasonable time by car
EMPLO062 Users with access to employment centres within a reasonable time by car (new method)
EMPLO063 Users with access to employment centres within a reasonable time by composite mode
EMPLO064 At risk users within 20 minutes by PT/walk
EMPLO065 At risk users within 20 minutes by cycle
EMPLO066 At risk users within 20 minutes by car
EMPLO067 At risk users within 20 minutes by car (new method)
EMPLO068 At risk users within 20 minutes by composite mode
EMPLO069 At risk users within 40 minutes by PT/walk
EMPLO070 At risk users within 40 minutes by cycle
EMPLO071 At risk users within 40 minutes by car
EMPLO072 At risk users within 40 minutes by car (new method)
EMPLO073 At risk users within 40 minutes by composite mode
EMPLO074 At risk users with access to employment centres within a reasonable time by PT/walk
EMPLO075 At risk users with access to employment centres within a reasonable time by cycle
EMPLO076 At risk users with access to employment centres within a reasonable time by car
EMPLO077 At risk users with access to employment centres within a reasonable time by car (new method)
EMPLO078 At risk users with access to employment centres within a reasonable time by composite mode
EMPLO079 % users within 20 minutes by PT/walk
EMPLO080 % users within 20 minutes by cycle
EMPLO081 % users within 20 minutes by car
EMPLO082 % users within 20 minutes by car (new method)
EMPLO083 % users within 20 minutes by composite mode
EMPLO084 % users within 40 minutes by PT/walk
EMPLO085 % users within 40 minutes by cycle
EMPLO086 % users within 40 minutes by car
EMPLO087 % users within 40 minutes by car (new method)
EMPLO088 % users within 40 minutes by composite mode
EMPLO089 % of users with access to employment centres by PT/walk
EMPLO090 % of users with access to employment centres by cycle
EMPLO091 % of users with access to employment centres by car
EMPLO092 % of users with access to employment centres by car (new method)
EMPLO093 % of users with access to employment centres by composite mode
EMPLO094 % of at risk users within 20 minutes by PT/walk
EMPLO095 % of at risk users within 20 minutes by cycle
EMPLO096 % of at risk users within 20 minutes by car
EMPLO097 % of at risk users within 20 minutes by car (new method)
EMPLO098 % of at risk users within 20 minutes by composite mode
EMPLO099 % of at risk users within 40 minutes by PT/walk
EMPLO100 % of at risk users within 40 minutes by cycle
EMPLO101 % of at risk users within 40 minutes by car
EMPLO102 % of at risk users within 40 minutes by car (new method)
EMPLO103 % of at risk users within 40 minutes by composite mode
EMPLO104 % of at risk users with access to employment centres by PT/walk
EMPLO105 % of at risk users with access to employment centres by cycle
EMPLO106 % of at risk users with access to employment centres by car
EMPLO107 % of at risk users with access to employment centres by car (new method)
EMPLO108 % of at risk users with access to employment centres by composite mode
`,
  acs0502: `
PSCHO006 Users in LA
PSCHO007 At risk users in LA
PSCHO008 Travel time to nearest Primary School by PT/walk
PSCHO009 Frequency score reflecting the availability of bus services providing this travel time
PSCHO010 Travel time to nearest Primary School by cycle
PSCHO011 Travel time to nearest Primary School centre by car
PSCHO012 Travel time to nearest Primary School centre by car (new method)
PSCHO013 Number of Primary Schools within 15 minutes by PT/walk
PSCHO014 Number of Primary Schools within 15 minutes by cycle
PSCHO015 Number of Primary Schools within 15 minutes by car
PSCHO016 Number of Primary Schools within 15 minutes by car (new method)
PSCHO017 Number of Primary Schools within 30 minutes by PT/walk
PSCHO018 Number of Primary Schools within 30 minutes by cycle
PSCHO019 Number of Primary Schools within 30 minutes by car
PSCHO020 Number of Primary Schools within 30 minutes by car (new method)
PSCHO021 Number of Primary Schools accessible by PT/walk
PSCHO022 Number of Primary Schools accessible by cycle
PSCHO023 Number of Primary Schools accessible by car
PSCHO024 Number of Primary Schools accessible by car (new method)
PSCHO025 Users within 15 minutes by PT/walk
PSCHO026 Users within 15 minutes by cycle
PSCHO027 Users within 15 minutes by car
PSCHO028 Users within 15 minutes by car (new method)
PSCHO029 Users within 30 minutes by PT/walk
PSCHO030 Users within 30 minutes by cycle
PSCHO031 Users within 30 minutes by car
PSCHO032 Users within 30 minutes by car (new method)
PSCHO033 Users with access to primary schools within a reasonable time by PT/walk
PSCHO034 Users with access to primary schools within a reasonable time by cycle
PSCHO035 Users with access to primary schools within a reasonable time by car
PSCHO036 Users with access to primary schools within a reasonable time by car (new method)
PSCHO037 At risk users within 15 minutes by PT/walk
PSCHO038 At risk users within 15 minutes by cycle
PSCHO039 At risk users within 15 minutes by car
PSCHO040 At risk users within 15 minutes by car (new method)
PSCHO041 At risk users within 30 minutes by PT/walk
PSCHO042 At risk users within 30 minutes by cycle
PSCHO043 At risk users within 30 minutes by car
PSCHO044 At risk users within 30 minutes by car (new method)
PSCHO045 At risk users with access to primary schools within a reasonable time by PT/walk
PSCHO046 At risk users with access to primary schools within a reasonable time by cycle
PSCHO047 At risk users with access to primary schools within a reasonable time by car
PSCHO048 At risk users with access to primary schools within a reasonable time by car (new method)
PSCHO049 % users within 15 minutes by PT/walk
PSCHO050 % users within 15 minutes by cycle
PSCHO051 % users within 15 minutes by car
PSCHO052 % users within 15 minutes by car (new method)
PSCHO053 % users within 30 minutes by PT/walk
PSCHO054 % users within 30 minutes by cycle
PSCHO055 % users within 30 minutes by car
PSCHO056 % users within 30 minutes by car (new method)
PSCHO057 % of users with access to primary schools within a reasonable time by PT/walk
PSCHO058 % of users with access to primary schools within a reasonable time by cycle
PSCHO059 % of users with access to primary schools within a reasonable time by car
PSCHO060 % of users with access to primary schools within a reasonable time by car (new method)
PSCHO061 % of at risk users within 15 minutes by PT/walk
PSCHO062 % of at risk users within 15 minutes by cycle
PSCHO063 % of at risk users within 15 minutes by car
PSCHO064 % of at risk users within 15 minutes by car (new method)
PSCHO065 % of at risk users within 30 minutes by PT/walk
PSCHO066 % of at risk users within 30 minutes by cycle
PSCHO067 % of at risk users within 30 minutes by car
PSCHO068 % of at risk users within 30 minutes by car (new method)
PSCHO069 % of at risk users with access to primary schools within a reasonable time by PT/walk
PSCHO070 % of at risk users with access to primary schools within a reasonable time by cycle
PSCHO071 % of at risk users with access to primary schools within a reasonable time by car
PSCHO072 % of at risk users with access to primary schools within a reasonable time by car (new method)
`,
  acs0503: `
SSCHO006 Users in LA
SSCHO007 At risk users in LA
SSCHO008 Travel time to nearest Secondary School by PT/walk
SSCHO009 Frequency score reflecting the availability of bus services providing this travel time
SSCHO010 Travel time to nearest Secondary School by cycle
SSCHO011 Travel time to nearest Secondary School by car
SSCHO012 Travel time to nearest Secondary School by car (new method)
SSCHO013 Number of Secondary Schools within 20 minutes by PT/walk
SSCHO014 Number of Secondary Schools within 20 minutes by cycle
SSCHO015 Number of Secondary Schools within 20 minutes by car
SSCHO016 Number of Secondary Schools within 20 minutes by car (new method)
SSCHO017 Number of Secondary Schools within 40 minutes by PT/walk
SSCHO018 Number of Secondary Schools within 40 minutes by cycle
SSCHO019 Number of Secondary Schools within 40 minutes by car
SSCHO020 Number of Secondary Schools within 40 minutes by car (new method)
SSCHO021 Number of Secondary Schools accessible by PT/walk
SSCHO022 Number of Secondary Schools accessible by cycle
SSCHO023 Number of Secondary Schools accessible by car
SSCHO024 Number of Secondary Schools accessible by car (new method)
SSCHO025 Users within 20 minutes by PT/walk
SSCHO026 Users within 20 minutes by cycle
SSCHO027 Users within 20 minutes by car
SSCHO028 Users within 20 minutes by car (new method)
SSCHO029 Users within 20 minutes by composite mode
SSCHO030 Users within 40 minutes by PT/walk
SSCHO031 Users within 40 minutes by cycle
SSCHO032 Users within 40 minutes by car
SSCHO033 Users within 40 minutes by car (new method)
SSCHO034 Users within 40 minutes by composite mode
SSCHO035 Users with access to secondary schools within a reasonable time by PT/walk
SSCHO036 Users with access to secondary schools within a reasonable time by cycle
SSCHO037 Users with access to secondary schools within a reasonable time by car
SSCHO038 Users with access to secondary schools within a reasonable time by car (new method)
SSCHO039 Users with access to secondary schools within a reasonable time by composite mode
SSCHO040 At risk users within 20 minutes by PT/walk
SSCHO041 At risk users within 20 minutes by cycle
SSCHO042 At risk users within 20 minutes by car
SSCHO043 At risk users within 20 minutes by car (new method)
SSCHO044 At risk users within 20 minutes by composite mode
SSCHO045 At risk users within 40 minutes by PT/walk
SSCHO046 At risk users within 40 minutes by cycle
SSCHO047 At risk users within 40 minutes by car
SSCHO048 At risk users within 40 minutes by car (new method)
SSCHO049 At risk users within 40 minutes by composite mode
SSCHO050 At risk users with access to secondary schools within a reasonable time by PT/walk
SSCHO051 At risk users with access to secondary schools within a reasonable time by cycle
SSCHO052 At risk users with access to secondary schools within a reasonable time by car
SSCHO053 At risk users with access to secondary schools within a reasonable time by car (new method)
SSCHO054 At risk users with access to secondary schools within a reasonable time by composite mode
SSCHO061 % users within 20 minutes by PT/walk
SSCHO067 % users within 20 minutes by cycle
SSCHO073 % users within 20 minutes by car
SSCHO079 % users within 20 minutes by car (new method)
SSCHO055 % users within 20 minutes by composite mode
SSCHO062 % users within 40 minutes by PT/walk
SSCHO068 % users within 40 minutes by cycle
SSCHO074 % users within 40 minutes by car
SSCHO080 % users within 40 minutes by car (new method)
SSCHO056 % users within 40 minutes by composite mode
SSCHO063 % of users with access to secondary schools within a reasonable time by PT/walk
SSCHO069 % of users with access to secondary schools within a reasonable time by cycle
SSCHO075 % of users with access to secondary schools within a reasonable time by car
SSCHO081 % of users with access to secondary schools within a reasonable time by car (new method)
SSCHO057 % of users with access to secondary schools within a reasonable time by composite mode
SSCHO064 % of at risk users within 20 minutes by PT/walk
SSCHO070 % of at risk users within 20 minutes by cycle
SSCHO076 % of at risk users within 20 minutes by car
SSCHO082 % of at risk users within 20 minutes by car (new method)
SSCHO058 % of at risk users within 20 minutes by composite mode
SSCHO065 % of at risk users within 40 minutes by PT/walk
SSCHO071 % of at risk users within 40 minutes by cycle
SSCHO077 % of at risk users within 40 minutes by car
SSCHO083 % of at risk users within 40 minutes by car (new method)
SSCHO059 % of at risk users within 40 minutes by composite mode
SSCHO066 % of at risk users with access to secondary schools within a reasonable time by PT/walk
SSCHO072 % of at risk users with access to secondary schools within a reasonable time by cycle
SSCHO078 % of at risk users with access to secondary schools within a reasonable time by car
SSCHO084 % of at risk users with access to secondary schools within a reasonable time by car (new method)
SSCHO060 % of at risk users with access to secondary schools within a reasonable time by composite mode
`,
  acs0504: `
FEDO006 Users in LA
FEDO007 Travel time to nearest FE institution by PT/walk
FEDO008 Frequency score reflecting the availability of bus services providing this travel time
FEDO009 Travel time to nearest FE institution by cycle
FEDO010 Travel time to nearest FE institution by car
FEDO011 Travel time to nearest FE institution by car (new method)
FEDO012 Number of FE institutions within 30 minutes by PT/walk
FEDO013 Number of FE institutions within 30 minutes by cycle
FEDO014 Number of FE institutions within 30 minutes by car
FEDO015 Number of FE institutions within 30 minutes by car (new method)
FEDO016 Number of FE institutions within 60 minutes by PT/walk
FEDO017 Number of FE institutions within 60 minutes by cycle
FEDO018 Number of FE institutions within 60 minutes by car
FEDO019 Number of FE institutions within 60 minutes by car (new method)
FEDO020 Number of FE institutions accessible by PT/walk
FEDO021 Number of FE institutions accessible by cycle
FEDO022 Number of FE institutions accessible by car
FEDO023 Number of FE institutions accessible by car (new method)
FEDO024 Users within 30 minutes by PT/walk
FEDO025 Users within 30 minutes by cycle
FEDO026 Users within 30 minutes by car
FEDO027 Users within 30 minutes by car (new method)
FEDO028 Users within 30 minutes by composite mode
FEDO029 Users within 60 minutes by PT/walk
FEDO030 Users within 60 minutes by cycle
FEDO031 Users within 60 minutes by car
FEDO032 Users within 60 minutes by car (new method)
FEDO033 Users within 60 minutes by composite mode
FEDO034 Users with access to Further Education within a reasonable time by PT/walk
FEDO035 Users with access to Further Education within a reasonable time by cycle
FEDO036 Users with access to Further Education within a reasonable time by car
FEDO037 Users with access to Further Education within a reasonable time by car (new method)
FEDO038 Users with access to Further Education within a reasonable time by composite mode
FEDO039 % users within 30 minutes by PT/walk
FEDO040 % users within 30 minutes by cycle
FEDO041 % users within 30 minutes by car
FEDO042 % users within 30 minutes by car (new method)
FEDO043 % users within 30 minutes by composite mode
FEDO044 % users within 60 minutes by PT/walk
FEDO045 % users within 60 minutes by cycle
FEDO046 % users within 60 minutes by car
FEDO047 % users within 60 minutes by car (new method)
FEDO048 % users within 60 minutes by composite mode
FEDO049 % of users with access to Further Education within a reasonable time by PT/walk
FEDO050 % of users with access to Further Education within a reasonable time by cycle
FEDO051 % of users with access to Further Education within a reasonable time by car
FEDO052 % of users with access to Further Education within a reasonable time by car (new method)
FEDO053 % of users with access to Further Education within a reasonable time by composite mode
`,
  acs0505: `
GPSO006 Users in LA
GPSO007 At risk users in LA
GPSO008 Travel time to nearest GP by PT/walk
GPSO009 Frequency score reflecting the availability of bus services providing this travel time
GPSO010 Travel time to nearest GP by cycle
GPSO011 Travel time to nearest GP centre by car
GPSO012 Travel time to nearest GP centre by car (new method)
GPSO013 Number of GPs within 15 minutes by PT/walk
GPSO014 Number of GPs within 15 minutes by cycle
GPSO015 Number of GPs within 15 minutes by car
GPSO016 Number of GPs within 15 minutes by car (new method)
GPSO017 Number of GPs within 30 minutes by PT/walk
GPSO018 Number of GPs within 30 minutes by cycle
GPSO019 Number of GPs within 30 minutes by car
GPSO020 Number of GPs within 30 minutes by car (new method)
GPSO021 Number of GPs accessible by PT/walk
GPSO022 Number of GPs accessible by cycle
GPSO023 Number of GPs accessible by car
GPSO024 Number of GPs accessible by car (new method)
GPSO025 Users within 15 minutes by PT/walk
GPSO026 Users within 15 minutes by cycle
GPSO027 Users within 15 minutes by car
GPSO028 Users within 15 minutes by car (new method)
GPSO029 Users within 30 minutes by PT/walk
GPSO030 Users within 30 minutes by cycle
GPSO031 Users within 30 minutes by car
GPSO032 Users within 30 minutes by car (new method)
GPSO033 Users with access to GPs within a reasonable time by PT/walk
GPSO034 Users with access to GPs within a reasonable time by cycle
GPSO035 Users with access to GPs within a reasonable time by car
GPSO036 Users with access to GPs within a reasonable time by car (new method)
GPSO037 At risk users within 15 minutes by PT/walk
GPSO038 At risk users within 15 minutes by cycle
GPSO039 At risk users within 15 minutes by car
GPSO040 At risk users within 15 minutes by car (new method)
GPSO041 At risk users within 30 minutes by PT/walk
GPSO042 At risk users within 30 minutes by cycle
GPSO043 At risk users within 30 minutes by car
GPSO044 At risk users within 30 minutes by car (new method)
GPSO045 At risk users with access to GPs within a reasonable time by PT/walk
GPSO046 At risk users with access to GPs within a reasonable time by cycle
GPSO047 At risk users with access to GPs within a reasonable time by car
GPSO048 At risk users with access to GPs within a reasonable time by car (new method)
GPSO049 % users within 15 minutes by PT/walk
GPSO050 % users within 15 minutes by cycle
GPSO051 % users within 15 minutes by car
GPSO052 % users within 15 minutes by car (new method)
GPSO053 % users within 30 minutes by PT/walk
GPSO054 % users within 30 minutes by cycle
GPSO055 % users within 30 minutes by car
GPSO056 % users within 30 minutes by car (new method)
GPSO057 % of users with access to GPs within a reasonable time by PT/walk
GPSO058 % of users with access to GPs within a reasonable time by cycle
GPSO059 % of users with access to GPs within a reasonable time by car
GPSO060 % of users with access to GPs within a reasonable time by car (new method)
GPSO061 % of at risk users within 15 minutes by PT/walk
GPSO062 % of at risk users within 15 minutes by cycle
GPSO063 % of at risk users within 15 minutes by car
GPSO064 % of at risk users within 15 minutes by car (new method)
GPSO065 % of at risk users within 30 minutes by PT/walk
GPSO066 % of at risk users within 30 minutes by cycle
GPSO067 % of at risk users within 30 minutes by car
GPSO068 % of at risk users within 30 minutes by car (new method)
GPSO069 % of at risk users with access to GPs within a reasonable time by PT/walk
GPSO070 % of at risk users with access to GPs within a reasonable time by cycle
GPSO071 % of at risk users with access to GPs within a reasonable time by car
GPSO072 % of at risk users with access to GPs within a reasonable time by car (new method)
`,
  acs0506: `
HOSPO006 Users in LA
HOSPO007 At risk users in LA
HOSPO008 Travel time to nearest Hospital by PT/walk
HOSPO009 Frequency score reflecting the availability of bus services providing this travel time
HOSPO010 Travel time to nearest Hospital by cycle
HOSPO011 Travel time to nearest Hospital by car
HOSPO012 Travel time to nearest Hospital by car (new method)
HOSPO013 Number of Hospitals within 30 minutes by PT/walk
HOSPO014 Number of Hospitals within 30 minutes by cycle
HOSPO015 Number of Hospitals within 30 minutes by car
HOSPO016 Number of Hospitals within 30 minutes by car (new method)
HOSPO017 Number of Hospitals within 60 minutes by PT/walk
HOSPO018 Number of Hospitals within 60 minutes by cycle
HOSPO019 Number of Hospitals within 60 minutes by car
HOSPO020 Number of Hospitals within 60 minutes by car (new method)
HOSPO021 Number of Hospitals accessible by PT/walk
HOSPO022 Number of Hospitals accessible by cycle
HOSPO023 Number of Hospitals accessible by car
HOSPO024 Number of Hospitals accessible by car (new method)
HOSPO025 Users within 30 minutes by PT/walk
HOSPO026 Users within 30 minutes by cycle
HOSPO027 Users within 30 minutes by car
HOSPO028 Users within 30 minutes by car (new method)
HOSPO029 Users within 60 minutes by PT/walk
HOSPO030 Users within 60 minutes by cycle
HOSPO031 Users within 60 minutes by car
HOSPO032 Users within 60 minutes by car (new method)
HOSPO033 Users with access to hospitals within a reasonable time by PT/walk
HOSPO034 Users with access to hospitals within a reasonable time by cycle
HOSPO035 Users with access to hospitals within a reasonable time by car
HOSPO036 Users with access to hospitals within a reasonable time by car (new method)
HOSPO037 At risk users within 30 minutes by PT/walk
HOSPO038 At risk users within 30 minutes by cycle
HOSPO039 At risk users within 30 minutes by car
HOSPO040 At risk users within 30 minutes by car (new method)
HOSPO041 At risk users within 60 minutes by PT/walk
HOSPO042 At risk users within 60 minutes by cycle
HOSPO043 At risk users within 60 minutes by car
HOSPO044 At risk users within 60 minutes by car (new method)
HOSPO045 At risk users with access to hospitals within a reasonable time by PT/walk
HOSPO046 At risk users with access to hospitals within a reasonable time by cycle
HOSPO047 At risk users with access to hospitals within a reasonable time by car
HOSPO048 At risk users with access to hospitals within a reasonable time by car (new method)
HOSPO049 % users within 30 minutes by PT/walk
HOSPO050 % users within 30 minutes by cycle
HOSPO051 % users within 30 minutes by car
HOSPO052 % users within 30 minutes by car (new method)
HOSPO053 % users within 60 minutes by PT/walk
HOSPO054 % users within 60 minutes by cycle
HOSPO055 % users within 60 minutes by car
HOSPO056 % users within 60 minutes by car (new method)
HOSPO057 % of users with access to hospitals within a reasonable time by PT/walk
HOSPO058 % of users with access to hospitals within a reasonable time by cycle
HOSPO059 % of users with access to hospitals within a reasonable time by car
HOSPO060 % of users with access to hospitals within a reasonable time by car (new method)
HOSPO061 % of at risk users within 30 minutes by PT/walk
HOSPO062 % of at risk users within 30 minutes by cycle
HOSPO063 % of at risk users within 30 minutes by car
HOSPO064 % of at risk users within 30 minutes by car (new method)
HOSPO065 % of at risk users within 60 minutes by PT/walk
HOSPO066 % of at risk users within 60 minutes by cycle
HOSPO067 % of at risk users within 60 minutes by car
HOSPO068 % of at risk users within 60 minutes by car (new method)
HOSPO069 % of at risk users with access to hospitals within a reasonable time by PT/walk
HOSPO070 % of at risk users with access to hospitals within a reasonable time by cycle
HOSPO071 % of at risk users with access to hospitals within a reasonable time by car
HOSPO072 % of at risk users with access to hospitals within a reasonable time by car (new method)
`,
  acs0507: `
SUPO006 Users in LA
SUPO007 At risk users in LA
SUPO008 Travel time to nearest foodstore by PT/walk
SUPO009 Frequency score reflecting the availability of bus services providing this travel time
SUPO010 Travel time to nearest foodstore by cycle
SUPO011 Travel time to nearest foodstore by car
SUPO012 Travel time to nearest foodstore by car (new method)
SUPO013 Number of foodstore within 15 minutes by PT/walk
SUPO014 Number of foodstore within 15 minutes by cycle
SUPO015 Number of foodstore within 15 minutes by car
SUPO016 Number of foodstore within 15 minutes by car (new method)
SUPO017 Number of foodstore within 30 minutes by PT/walk
SUPO018 Number of foodstore within 30 minutes by cycle
SUPO019 Number of foodstore within 30 minutes by car
SUPO020 Number of foodstore within 30 minutes by car (new method)
SUPO021 Number of foodstore accessible by PT/walk
SUPO022 Number of foodstore accessible by cycle
SUPO023 Number of foodstore accessible by car
SUPO024 Number of foodstore accessible by car (new method)
SUPO025 Users within 15 minutes by PT/walk
SUPO026 Users within 15 minutes by cycle
SUPO027 Users within 15 minutes by car
SUPO028 Users within 15 minutes by car (new method)
SUPO029 Users within 15 minutes by composite mode
SUPO030 Users within 30 minutes by PT/walk
SUPO031 Users within 30 minutes by cycle
SUPO032 Users within 30 minutes by car
SUPO033 Users within 30 minutes by car (new method)
SUPO034 Users within 30 minutes by composite mode
SUPO035 Users with access to foodstores within a reasonable time by PT/walk
SUPO036 Users with access to foodstores within a reasonable time by cycle
SUPO037 Users with access to foodstores within a reasonable time by car
SUPO038 Users with access to foodstores within a reasonable time by car (new method)
SUPO039 Users with access to foodstores within a reasonable time by composite mode
SUPO040 At risk users within 15 minutes by PT/walk
SUPO041 At risk users within 15 minutes by cycle
SUPO042 At risk users within 15 minutes by car
SUPO043 At risk users within 15 minutes by car (new method)
SUPO044 At risk users within 15 minutes by composite mode
SUPO045 At risk users within 30 minutes by PT/walk
SUPO046 At risk users within 30 minutes by cycle
SUPO047 At risk users within 30 minutes by car
SUPO048 At risk users within 30 minutes by car (new method)
SUPO049 At risk users within 30 minutes by composite mode
SUPO050 At risk users with access to foodstores within a reasonable time by PT/walk
SUPO051 At risk users with access to foodstores within a reasonable time by cycle
SUPO052 At risk users with access to foodstores within a reasonable time by car
SUPO053 At risk users with access to foodstores within a reasonable time by car (new method)
SUPO054 At risk users with access to foodstores within a reasonable time by composite mode
SUPO055 % users within 15 minutes by PT/walk
SUPO056 % users within 15 minutes by cycle
SUPO057 % users within 15 minutes by car
SUPO058 % users within 15 minutes by car (new method)
SUPO059 % users within 15 minutes by composite mode
SUPO060 % users within 30 minutes by PT/walk
SUPO061 % users within 30 minutes by cycle
SUPO062 % users within 30 minutes by car
SUPO063 % users within 30 minutes by car (new method)
SUPO064 % users within 30 minutes by composite mode
SUPO065 % of users with access to foodstores within a reasonable time by PT/walk
SUPO066 % of users with access to foodstores within a reasonable time by cycle
SUPO067 % of users with access to foodstores within a reasonable time by car
SUPO068 % of users with access to foodstores within a reasonable time by car (new method)
SUPO069 % of users with access to foodstores within a reasonable time by composite mode
SUPO070 % of at risk users within 15 minutes by PT/walk
SUPO071 % of at risk users within 15 minutes by cycle
SUPO072 % of at risk users within 15 minutes by car
SUPO073 % of at risk users within 15 minutes by car (new method)
SUPO074 % of at risk users within 15 minutes by composite mode
SUPO075 % of at risk users within 30 minutes by PT/walk
SUPO076 % of at risk users within 30 minutes by cycle
SUPO077 % of at risk users within 30 minutes by car
SUPO078 % of at risk users within 30 minutes by car (new method)
SUPO079 % of at risk users within 30 minutes by composite mode
SUPO080 % of at risk users with access to foodstores within a reasonable time by PT/walk
SUPO081 % of at risk users with access to foodstores within a reasonable time by cycle
SUPO082 % of at risk users with access to foodstores within a reasonable time by car
SUPO083 % of at risk users with access to foodstores within a reasonable time by car (new method)
SUPO084 % of at risk users with access to foodstores within a reasonable time by composite mode
`,
} as const;
