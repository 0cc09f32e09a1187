// The passwords that are tried first, of those long enough to be chosen here; in lower case.
const WORDS = `
password password1 password2 password12 password123 password1234 passw0rd passw0rd1 p@ssword p@ssw0rd pa55word
p@ssword1 p@ssw0rd1 p@ssword123 p@ssw0rd123 password! password1! mypassword newpassword thepassword yourpassword
12345678 123456789 1234567890 12345678910 123456789a 123456789q 123456789z 012345678 0123456789 123123123 1231231234
12341234 12344321 123454321 1234qwer 1234abcd 12345qwe 12345qwert 12345678a 123321123 123456123 123456654321 112233445566
11223344 1122334455 111222333 111111111a 987654321 9876543210 87654321 0987654321 147258369 147852369 159357456 159753456
789456123 741852963 963852741 13571357 13579246 24682468 10203040 20202020 19871987 19901990 20002000 01012000 31415926
qwertyui qwertyuiop qwertyuiop1 qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwerty1! qwertz123 azertyuiop
qwer1234 qwer123456 qweasdzxc qweasd123 qweqweqwe qwe123qwe q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y
1qaz2wsx 1qaz2wsx3edc 1qazxsw2 zaq12wsx zaq1zaq1 !qaz2wsx asdfghjk asdfghjkl asdfasdf asdf1234 asdasdasd asd123456 asdqwe123
zxcvbnm1 zxcvbnm123 zxcvbnm, abcdefgh abcdefghi abcd1234 abcd12345 abc12345 abc123456 abc123abc a1b2c3d4 a1s2d3f4 a12345678
a123456789 aa123456 aa12345678 aaa11111 z1x2c3v4 iloveyou iloveyou1 iloveyou2 iloveyou! loveyou1 lovelove sunshine sunshine1
princess princess1 football football1 baseball baseball1 basketball superman superman1 spiderman starwars computer internet
whatever trustno1 jennifer michelle jordan23 liverpool chelsea1 arsenal1 barcelona realmadrid juventus manchester pokemon1
charlie1 monkey123 dragon123 shadow123 master123 michael1 samantha danielle jessica1 victoria nicholas benjamin alexander
december november october1 september february summer2024 winter2024 summer2025 winter2025 summer2026 winter2026 welcome1
welcome123 welcome1! welcome@123 letmein1 letmein123 changeme changeme1 changeme123 changeit default1 default123 secret123
admin123 admin1234 admin12345 admin123456 admin@123 administrator adminadmin adminpassword root1234 rootroot rootpassword
toor1234 test1234 test12345 testtest testing1 testing123 testpassword user1234 useruser username userpassword guest123
login123 loginlogin support1 support123 helpdesk manager1 manager123 operator company1 company123 business hello123 hello1234
hellohello goodmorning freedom1 blessed1 jesus123 godisgood mustang1 ferrari1 mercedes corvette porsche1 yamaha123 samsung1
samsung123 google123 facebook facebook1 instagram telegram telegram1 whatsapp youtube1 windows1 microsoft apple123 iphone123
tehran123 tehran1234 iran1234 iran12345 iraniran salam123 salam1234 salamsalam khodaya1 persepolis esteghlal perspolis ali12345
ali123456 alialiali reza1234 reza12345 reza123456 mohammad mohammad1 mohammad123 muhammad hossein1 hossein123 mahdi1234
zahra1234 fatemeh1 fatemeh123 maryam123 peykpeyk peyk1234 peykpassword
`

/** The commonest passwords, in lower case. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/))
